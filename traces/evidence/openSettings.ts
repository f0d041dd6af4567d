/** Settings from a file: apart from their reader, which the readers of captures need as well. */
import { openText } from '../readers/open.ts'
import { type HostSettings, readSettings } from '../readers/settings.ts'
import { harmless } from '../readers/text.ts'

/** @throws ReadError as `openText` and `readSettings` */
export const openSettings = (path: string): HostSettings => readSettings(openText(path), harmless(path))
