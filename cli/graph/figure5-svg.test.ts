/** Every label of the picture can be read: no box stands on it, and no other label. */
import { expect, test } from 'vitest'
import { figure5 } from '../rfc9293Figure5.ts'
import type { Comparison } from './compare.ts'
import { figure5Svg } from './figure5-svg.ts'

const adds = [
  ['ESTABLISHED', 'CLOSED'],
  ['SYN_RECV', 'CLOSE_WAIT'],
  ['SYN_RECV', 'CLOSED'],
  ['SYN_RECV', 'LAST_ACK'],
  ['CLOSE_WAIT', 'CLOSED'],
  ['FIN_WAIT1', 'CLOSED'],
  ['FIN_WAIT2', 'CLOSED'],
  ['CLOSING', 'CLOSED'],
  ['LISTEN', 'ESTABLISHED'],
  ['TIME_WAIT', 'SYN_RECV'],
] as const

const areas = (svg: string) => {
  const number = (text: string | undefined) => Number(text)
  const boxes = [...svg.matchAll(/<rect x="([\d.-]+)" y="([\d.-]+)" width="([\d.]+)" height="([\d.]+)" rx/g)].map(
    ([, x, y, width, height]) => ({
      name: 'a box',
      x: number(x),
      y: number(y),
      width: number(width),
      height: number(height),
    }),
  )
  const labels = [...svg.matchAll(/<text x="([\d.-]+)" y="([\d.-]+)" font-size="10"[^>]*>(.*?)<\/text>/g)].map(
    ([, x, y, inner]) => {
      const rows = [...inner!.matchAll(/<tspan[^>]*>(.*?)<\/tspan>/g)].map(([, row]) => row!)
      const width = Math.max(...rows.map((row) => row.length)) * 5
      return { name: rows.join(' / '), x: number(x) - width / 2, y: number(y) - 9, width, height: rows.length * 11 }
    },
  )
  return { boxes, labels }
}

type Area = ReturnType<typeof areas>['labels'][number]
const share = (a: Area, b: Area): number =>
  (Math.max(0, Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)) *
    Math.max(0, Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y))) /
  (a.width * a.height)

test('no label is hidden', () => {
  const comparison = {
    has: figure5.map((f) => ({ ...f, labels: ['x'] })),
    lacks: [],
    adds: adds.map(([from, to]) => ({ from, to, labels: ['x'] })),
  } as unknown as Comparison
  const { boxes, labels } = areas(figure5Svg(comparison))
  expect([boxes.length, labels.length]).toEqual([12, figure5.length + adds.length])
  const hidden = labels.flatMap((label, i) =>
    [...boxes, ...labels.slice(i + 1)]
      .filter((other) => share(label, other) > 0.15)
      .map(({ name }) => `${label.name}: ${name}`),
  )
  expect(hidden).toEqual([])
})
