import { expect, it } from 'vitest'
import { nearestKernel } from './kernel-text.ts'

it.each([
  ['linux-5.15', 'linux-5.10'],
  ['5.14.0-427.13.1.el9_4.x86_64', 'linux-5.10'],
  ['6.18.44-fc-v782', 'linux-6.18'],
  ['3.10.0-1160.el7.x86_64', 'linux-3.10'],
  ['2.6.32-754.el6', 'linux-3.10'],
  ['7.1', 'linux-6.18'],
  ['Linux web1 5.15.0-91-generic #101-Ubuntu SMP Tue Nov 14 13:30:08 UTC 2023 x86_64 GNU/Linux', 'linux-5.10'],
])('%s: judged as %s', (text, profile) => {
  expect(nearestKernel(text)?.profile).toBe(profile)
})

it.each(['rfc9293', 'linux', 'linux-6.18x', '', 'freebsd-14.1'])('%s: no version of Linux', (text) => {
  expect(nearestKernel(text)).toBeUndefined()
})
