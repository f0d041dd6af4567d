/** The run of the bench in other formats, and the page itself as one file. */
import { traceFormats, traceTo } from '../../../traces/writers/export.ts'
import { print, sequenceSvg } from '../../../traces/writers/sequence-svg.ts'
import { words } from '../prefer.ts'
import { address, bench, said, trace } from '../store.ts'
import { download } from './download.ts'
import { saveWhole } from './whole-page.ts'

type Format = keyof ReturnType<typeof formatsOf>
const formatsOf = () => words.value.exportAs

export const ExportMenu = () => {
  const w = words.value
  return (
    <label class="export">
      <span>{w.exports}</span>
      <select
        name="export"
        value=""
        onChange={(e) => {
          const format = e.currentTarget.value as Format
          e.currentTarget.value = ''
          void save(format).catch((error) => {
            said.value = w.cannotExport(error instanceof Error ? error.message : String(error))
          })
        }}
      >
        <option value="">…</option>
        {(Object.keys(w.exportAs) as Format[]).map((format) => (
          <option key={format} value={format}>
            {w.exportAs[format]}
          </option>
        ))}
      </select>
    </label>
  )
}

const save = async (format: Format): Promise<void> => {
  const name = address.value.world.scenario
  if (format === 'html') return saveWhole()
  if (format === 'png') return png(`${name}.png`)
  const known = traceFormats.find((f) => f === format)
  if (known === undefined) return
  const { content, extension, type } = traceTo(known, { name, trace: trace.value, setting: bench.value.setting })
  download(`${name}.${extension}`, content, type)
}

const png = async (name: string): Promise<void> => {
  const image = new Image()
  const svg = sequenceSvg(trace.value, print)
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = image.width * 2
  canvas.height = image.height * 2
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height)
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve))
  if (blob) download(name, new Uint8Array(await blob.arrayBuffer()), 'image/png')
}
