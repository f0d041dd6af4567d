import { describe, expect, test } from 'vitest'
import { catalogueOf, type Terms, translated } from './catalogue.ts'

const terms: Terms = {
  ends: { client: 'Klient', server: 'Diener' },
  times: (n) => `${n} mal`,
  or: ' oder ',
  joints: { '; ': '; ', ': ': ': ', ', and ': ' und ', ' and ': ' und ', ', ': ', ' },
}
const catalogue = catalogueOf([
  ['the {e} closes[ with packet {n}][ after {m} s]', '{e} schliesst[ mit Paket {n}][ nach {m} s]'],
  ['the server repeats it {t}', 'der Diener wiederholt es {t}'],
  ['it is {s} by packets {n}', 'bei den Paketen {n} ist es {s}'],
  ['{n} RST[s]', '{n} RST[]'],
])
const said = (sentence: string) => translated(catalogue, terms, sentence)

describe('a sentence in another language', () => {
  test.each([
    ['the client closes', 'Klient schliesst'],
    ['the server closes with packet 7 after 1.5 s', 'Diener schliesst mit Paket 7 nach 1.5 s'],
    ['the server closes after 1.5 s', 'Diener schliesst nach 1.5 s'],
    ['the server repeats it twice', 'der Diener wiederholt es 2 mal'],
    ['the server repeats it 5 times; 1 RST', 'der Diener wiederholt es 5 mal; 1 RST'],
    ['it is FIN_WAIT1 or CLOSING by packets 3, 4', 'bei den Paketen 3, 4 ist es FIN_WAIT1 oder CLOSING'],
    ['2 RSTs and 1 RST', '2 RST und 1 RST'],
  ])('%s', (english, other) => expect(said(english)).toBe(other))

  test('words of the sentence itself are no place: of another end it is another sentence', () =>
    expect(said('the client repeats it twice')).toBeUndefined())

  test('where a part is not known, the whole is not', () =>
    expect(said('the server repeats it twice; the sky falls')).toBeUndefined())

  test('a list of any length is looked through once', () => {
    const ports = Array.from({ length: 60 }, (_, i) => `10.0.0.1:${40_000 + i}`).join(', ')
    expect(said(`it comes from ${ports}`)).toBeUndefined()
    expect(said(Array(60).fill('1 RST').join(', '))).toBe(Array(60).fill('1 RST').join(', '))
  })
})

test('a pair whose places differ, and two of one shape, are refused', () => {
  expect(() => catalogueOf([['packet {n}', 'Paket {m}']])).toThrow('its places differ')
  expect(() => catalogueOf([['packet {n}[ of {e}]', 'Paket {n}']])).toThrow('its places differ')
  expect(() => catalogueOf([...['{n} s', '{m} s'].map((text) => [text, text] as const)])).toThrow(
    'another sentence like',
  )
})
