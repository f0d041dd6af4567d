import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { halfopen, json } from '../testing/halfopen.ts'

const corpus = (name: string): string => join('traces', 'corpus', name)
const published = corpus('ghost-connection/ghost-connection.tcpdump.txt')
const folder = mkdtempSync(join(tmpdir(), 'halfopen-'))

const written = (name: string, content: string | Uint8Array): string => {
  const file = join(folder, name)
  writeFileSync(file, content)
  return file
}

/** The published capture with its n-th line changed, or a line put in before it. */
const altered = (name: string, n: number, change: (line: string) => string | string[]): string => {
  const lines = readFileSync(published, 'utf8').split('\n')
  return written(name, lines.flatMap((line, i) => (i === n - 1 ? change(line) : line)).join('\n'))
}

describe('the published capture', () => {
  test('conforms, and is a ghost connection', async () => {
    const { code, out } = await halfopen(`replay ${published}`)
    expect(code).toBe(0)
    expect(out).toContain('22 packets, 1 connection, conforms')
    expect(out).toMatch(/3 +ESTABLISHED +── \[\.\] ack 1 ─+▶ +│\n/)
    expect(out).toMatch(/8 +FIN_WAIT1 +── \[F\.\] seq 13 ack 1 ─+▶ +│\n/)
    expect(out).toMatch(/ghost-connection \(likely\): the client is ESTABLISHED from packet 3 on/)
    expect(out).toMatch(/cause +the accept queue is full/)
    expect(out).toMatch(/or +every packet from 3 on is lost beyond the tap/)
    expect(out).toMatch(/decides +ListenOverflows/)
  })

  test('--json has the timeline, packets from 1', async () => {
    const document = await json(`replay ${published} --json`)
    expect(document).toMatchObject({ file: published, packets: 22 })
    const [connection] = document.connections
    expect(connection).toMatchObject({ client: '172.20.42.84:59032', server: '20.30.3.101:502', verdict: 'conforms' })
    const at = (n: number) => connection.timeline.find((b: { packet: number }) => b.packet === n)
    for (let n = 3; n <= 7; n++) expect(at(n).client).toEqual(['ESTABLISHED'])
    for (let n = 8; n <= 22; n++) expect(at(n).client).toEqual(['FIN_WAIT1'])
    for (let n = 2; n <= 22; n++) expect(at(n).server).toEqual(['SYN_RECV'])
    expect(at(22).possible.server).toEqual(expect.arrayContaining(['SYN_RECV', 'CLOSE_WAIT']))
    expect(connection.diagnoses[0]).toMatchObject({ id: 'ghost-connection', cause: 'the accept queue is full' })
  })

  test('--explain tells what else it could be, and what that invents', async () => {
    const { out } = await halfopen(`replay ${published} --explain`)
    expect(out).toContain('in the end it could also be')
    expect(out).toMatch(/server +CLOSE_WAIT, if the accept queue is full; the accept queue has room again/)
  })

  test('--sockets and --counters are explained beside it', async () => {
    const sockets = corpus('ghost-connection/ghost-connection.netstat.txt')
    const counters = corpus('ghost-connection/ghost-connection.proc-net-netstat.txt')
    const { code, out } = await halfopen(`replay ${published} --sockets ${sockets} --counters ${counters}`)
    expect(code).toBe(0)
    expect(out).toContain('the queue is full if the backlog is 5')
    expect(out).toContain('12 bytes + FIN')
    expect(out).toContain('ListenOverflows 657,727')
    expect(out).toContain('translated on the way (NAT)')
  })

  test('--kernel fixes the ends', async () => {
    const { out } = await halfopen(`replay ${published} --kernel client=linux-4.9,server=linux-3.10`)
    expect(out).toContain('client linux-4.9 · server linux-3.10')
  })
})

describe('altered copies diverge at the right packet, and exit 1', () => {
  test.each([
    ['ack-9', 9, (line: string) => line.replace('4013763010', '4013763011'), 9],
    ['isn-9', 9, (line: string) => line.replace('1013872532', '1013879999'), 9],
    ['ack-10', 10, (line: string) => line.replace('ack 1,', 'ack 500,'), 10],
  ] as const)('%s', async (name, line, change, packet) => {
    const { code, out } = await halfopen(`replay ${altered(name, line, change)}`)
    expect(code).toBe(1)
    expect(out).toMatch(new RegExp(`✗ +${packet} `))
    expect(out).toContain(`packet ${packet}: `)
    expect(out).toContain('allowed there: ')
  })
})

describe('captures of a kernel', () => {
  test('many connections: those that tell something are drawn, the others have a line', async () => {
    const { code, out } = await halfopen(`replay ${corpus('06-abort-on-overflow/capture.pcap')}`)
    expect(code).toBe(0)
    expect(out.match(/^ *packet +client +server$/gm)?.length).toBeLessThan(4)
    expect(out).toMatch(/abort-on-overflow \(\w+\): packet \d+ resets/)
    expect(out).toMatch(/10 conforms \(--explain draws every connection/)
  })

  test('--stream n is one of them', async () => {
    const { code, out } = await halfopen(`replay ${corpus('05-ghost/capture.pcap')} --stream 5`)
    expect(code).toBe(0)
    expect(out).toMatch(/^5 {2}10\.77\.0\.1:50001 → 10\.77\.0\.2:502/m)
    expect(out).not.toContain('50002')
    const { code: none, err } = await halfopen(`replay ${published} --stream 1`)
    expect([none, err]).toEqual([2, expect.stringContaining('it has only 0 [E_STREAM]')])
  })

  test('several files in one document', async () => {
    const { files } = await json(`replay ${published} ${corpus('01-normal/capture.pcap')} --json`)
    expect(files.map((f: { verdict: string }) => f.verdict)).toEqual(['conforms', 'conforms'])
  })
})

describe('bad input: one line, exit 4', () => {
  const pcap = readFileSync(corpus('01-normal/capture.pcap'))
  test.each([
    ['a missing file', () => join(folder, 'nothing'), 'E_NOT_FOUND'],
    ['a directory', () => folder, 'E_IS_DIRECTORY'],
    ['an empty file', () => written('empty', ''), 'E_EMPTY'],
    [
      'random bytes',
      () =>
        written(
          'random',
          Uint8Array.from({ length: 400 }, (_, i) => (i * 73 + 129) % 256),
        ),
      'E_NOT_A_CAPTURE',
    ],
    ['text that is no tcpdump', () => written('prose', 'It was a dark and stormy night.\n'), 'E_'],
    ['a truncated pcap', () => written('cut.pcap', pcap.subarray(0, pcap.length - 7)), 'E_PCAP_TRUNCATED'],
  ])('%s', async (_, file, code) => {
    const ran = await halfopen(['replay', file()])
    expect([ran.code, ran.out]).toEqual([4, ''])
    const [line, ...more] = ran.err.trimEnd().split('\n')
    expect(line).toMatch(/^halfopen: .+: .+; .+ \[E_[A-Z_]+\]$/)
    expect(line).toContain(code)
    expect(more.every((l) => /^until there: \d+ packets? of \d+ connections?$/.test(l))).toBe(true)
  })

  test('what was read until there is said', async () => {
    const { err } = await halfopen(['replay', written('cut2.pcap', pcap.subarray(0, pcap.length - 7))])
    expect(err).toMatch(/until there: \d+ packets of 1 connection\n$/)
  })

  test('one unreadable file does not keep the others from being replayed', async () => {
    const { code, out, err } = await halfopen(`replay ${join(folder, 'nothing')} ${published}`)
    expect(code).toBe(4)
    expect(out).toContain('22 packets')
    expect(err).toContain('[E_NOT_FOUND]')
  })

  test('nor is it left out of the document', async () => {
    const nothing = join(folder, 'nothing')
    const error = { code: 'E_NOT_FOUND', message: expect.stringContaining('no such file') }
    const { files } = await json(`replay ${nothing} ${published} --kernel linux-5.10 --json`)
    expect(files).toEqual([{ file: nothing, error }, expect.objectContaining({ verdict: 'conforms' })])
    const alone = await halfopen(`replay ${nothing} --json`)
    expect([alone.code, JSON.parse(alone.out)]).toEqual([4, { schema: 'halfopen/replay/1', file: nothing, error }])
  })

  test('bad evidence is unreadable, too', async () => {
    expect((await halfopen(`replay ${published} --sockets ${published}`)).code).toBe(4)
    expect((await halfopen(`replay ${published} --counters ${published}`)).code).toBe(4)
  })
})

describe('--junit', () => {
  test('a test case per connection: nothing for those that conform, a failure, a skip with its reason', async () => {
    const file = join(folder, 'junit.xml')
    const middle = written('middle.txt', readFileSync(published, 'utf8').split('\n').slice(3).join('\n'))
    const spoilt = altered('junit-9.txt', 9, (line) => line.replace('4013763010', '4013763011'))
    const { code, out } = await halfopen(['replay', corpus('01-normal/capture.pcap'), middle, spoilt, '--junit', file])
    expect(code).toBe(1)
    expect(out).toContain('diverges')
    const xml = readFileSync(file, 'utf8')
    expect(xml.match(/<testsuite /g)).toHaveLength(3)
    expect(xml).toMatch(/01-normal\/capture\.pcap" tests="1" failures="0" skipped="0">\n *<testcase [^>]+\/>/)
    expect(xml).toMatch(/<skipped message="[^"]*SYN[^"]*"\/>/)
    expect(xml).toMatch(/<failure message="packet 9: [^"<]+"\/>/)
  })

  test('an error for a file that cannot be read', async () => {
    const [file, nothing] = [join(folder, 'junit2.xml'), join(folder, 'nothing')]
    const { code } = await halfopen(['replay', nothing, corpus('01-normal/capture.pcap'), '--junit', file])
    expect(code).toBe(4)
    const xml = readFileSync(file, 'utf8')
    expect(xml).toContain(`<testsuite name="${nothing}" tests="1" failures="0" errors="1" skipped="0">`)
    expect(xml).toMatch(/<error type="E_NOT_FOUND" message="[^"]*no such file[^"]*"\/>/)
  })

  test('a file that cannot be written: one line, exit 2', async () => {
    const { code, err } = await halfopen(['replay', published, '--junit', join(folder, 'nowhere', 'x.xml')])
    expect([code, err]).toEqual([2, expect.stringContaining('E_OUTPUT')])
  })
})

describe('the story', () => {
  test('--explain tells what each end believed, why, and what would decide', async () => {
    const { out } = await halfopen(`replay ${published} --explain`)
    const story = out.slice(out.indexOf('the story')).replace(/\s+/g, ' ')
    expect(story).toContain('by packet 3 the client is ESTABLISHED: it takes the connection to be open.')
    expect(story).toContain('by packet 8 the client is FIN_WAIT1: it has closed, and its FIN is not acknowledged.')
    expect(story).toContain('The likeliest cause: the accept queue is full.')
    expect(story).toContain('What would decide: ListenOverflows on the server')
  })

  test('equal causes are all named', async () => {
    const { out } = await halfopen(`replay ${corpus('diagnosis/peer-vanished.pcap')} --explain`)
    expect(out.replace(/\s+/g, ' ')).toMatch(
      /A possible cause: .* gone without a word .*; or as well: the way to the server is interrupted/,
    )
  })
})

test('what many connections show is said of the capture, in text and JSON', async () => {
  const file = corpus('diagnosis/syn-flood.pcap')
  expect((await halfopen(`replay ${file}`)).out).toMatch(/SYN-flood \(likely\): 24 SYNs from 24 addresses/)
  expect((await json(`replay ${file} --json`)).diagnoses).toMatchObject([{ id: 'SYN-flood' }])
})

test('inconclusive is exit 3, with a reason in text and JSON', async () => {
  const middle = written('middle3.txt', readFileSync(published, 'utf8').split('\n').slice(3).join('\n'))
  const { code, out } = await halfopen(['replay', middle, '--json'])
  expect([code, JSON.parse(out).reason]).toEqual([3, expect.stringContaining('SYN')])
})

describe('--what-if: the remedy in this very situation', () => {
  const asked = async (remedy: string, file = published) =>
    (await halfopen(`replay ${file} --kernel linux-5.10 --what-if ${remedy}`)).out.replace(/\s+/g, ' ')
  test('tcp_abort_on_overflow=1: the third ACK would be answered by RST', async () => {
    const out = await asked('tcp_abort_on_overflow=1')
    expect(out).toContain(
      'what if tcp_abort_on_overflow=1 · the server would answer packet 3 with RST and forget the request; the client would get ECONNRESET; in the capture it gets none',
    )
    expect(out).toContain('19 packets of the capture would not exist: 4 SYN+ACKs of the server, ')
    expect(out).toContain('it makes an error of a ghost and serves no client')
  })
  test('a longer backlog, a faster accept: the text acknowledged, and what cannot be told', async () => {
    for (const remedy of ['backlog', 'accept=faster'])
      expect(await asked(remedy)).toMatch(/the server would honour packet 3, become ESTABLISHED, and take the 12 bytes/)
    expect(await asked('backlog')).toContain('which backlog is large enough cannot be told')
  })
  test('backlog=N with the sockets of the host: whether the queue would have had room', async () => {
    const sockets = `--sockets ${corpus('ghost-connection/ghost-connection.netstat.txt')}`
    expect(await asked(`backlog=13 ${sockets}`)).toContain('backlog=13 has room for it: by the listing 6 children wait')
    expect(await asked(`backlog=5 ${sockets}`)).toContain(
      'nothing would change: backlog=5 is too small: 6 others fill it',
    )
  })
  test('as JSON', async () => {
    const { connections } = await json(
      `replay ${published} --kernel linux-5.10 --what-if tcp_abort_on_overflow=1 --json`,
    )
    expect(connections[0].whatIf).toMatchObject({
      remedy: 'tcp_abort_on_overflow=1',
      from: 3,
      client: { state: 'CLOSED', gets: 'ECONNRESET' },
      server: { state: 'CLOSED' },
      spared: { packets: expect.arrayContaining([4, 22]) },
    })
  })
  test('where no queue was full nothing would change', async () => {
    expect(await asked('tcp_abort_on_overflow=1', corpus('01-normal/capture.pcap'))).toContain('nothing would change')
  })
  test.each(['reboot', 'backlog=many', 'tcp_abort_on_overflow=0'])('%s is wrong usage, in one line', async (remedy) => {
    const { code, out, err } = await halfopen(`replay ${published} --what-if ${remedy}`)
    expect([code, out, err.trim().split('\n').length]).toEqual([2, '', 1])
    expect(err).toContain(
      `--what-if: "${remedy}" is no remedy that the model can try; give one of tcp_abort_on_overflow=1, `,
    )
  })
})

describe('connections of one listener together', () => {
  test('from which packet to which the queue was full, and the backlog, in text and JSON', async () => {
    const file = corpus('05-ghost/capture.pcap')
    const { out } = await halfopen(`replay ${file} --kernel linux-6.18`)
    const text = out.replace(/\s+/g, ' ')
    expect(text).toContain('10.77.0.2:502, 9 connections together, certain')
    expect(text).toContain('full from packet 31 to packet 88')
    expect(text).toContain('backlog between 3 and 4')
    const { listeners } = await json(`replay ${file} --kernel linux-6.18 --json`)
    expect(listeners).toMatchObject([{ backlog: { least: 3, most: 4 }, full: [{ packets: [31, 88] }], conflicts: [] }])
    expect((await halfopen(`replay ${file} --explain`)).out).toContain('they entered the accept queue in this order')
  })
  test('--backlog that the capture contradicts: inconclusive, with the packet', async () => {
    const ran = await halfopen(`replay ${corpus('05-ghost/capture.pcap')} --backlog 7 --json`)
    expect([ran.code, JSON.parse(ran.out).reason]).toEqual([
      3,
      expect.stringContaining('packet 36 met a full accept queue'),
    ])
    expect((await halfopen(`replay ${published} --backlog -1`)).code).toBe(2)
  })
})

describe('--injected: packets that somebody else put on the wire', () => {
  const run = corpus('11g-synack-syncnt-dupsyn')
  test('without them the capture leaves the model, with them it conforms, and says which they are', async () => {
    expect((await halfopen(['replay', join(run, 'capture.pcap')])).code).not.toBe(0)
    const { code, out } = await halfopen(['replay', join(run, 'capture.pcap'), '--injected', join(run, 'events.jsonl')])
    expect(code).toBe(0)
    expect(out).toMatch(/forged: 1.*; no end has to account for them/)
  })
  test('those that the capture does not have are counted', async () => {
    const { out } = await halfopen(['replay', published, '--injected', join(run, 'events.jsonl')])
    expect(out).toMatch(/note: (\d+) of \1 packets that were injected are not in this capture/)
  })
  test.each([
    ['prose', 'It was a dark night\n', 'E_INJECTED_LINE'],
    ['nothing injected', '{"call":"listen"}\n', 'E_INJECTED'],
  ])('%s: one line, exit 4', async (_, text, code) => {
    const ran = await halfopen(['replay', published, published, '--injected', written('injected.jsonl', text)])
    expect([ran.code, ran.out, ran.err.trimEnd().split('\n').length]).toEqual([4, '', 1])
    expect(ran.err).toContain(`[${code}]`)
  })
})

describe('--kernel auto', () => {
  test('is the default: which kernels fit, which settings show, with the packets that decide', async () => {
    const file = corpus('05c-ghost-exhausted/capture.pcap')
    const { out } = await halfopen(`replay ${file} --kernel auto`)
    expect(out).toBe((await halfopen(`replay ${file}`)).out)
    expect(out.replace(/\s+/g, ' ')).toContain(
      'tcp_synack_retries is 2: packet 52 is the 2nd SYN+ACK retransmission, and packet 71 knows no connection (packets 41, 52, 71)',
    )
    const { hosts } = await json(`replay ${file} --json`)
    expect(hosts).toMatchObject([{ side: 'client' }, { side: 'server', fits: expect.arrayContaining(['linux-6.18']) }])
  })
  test('of one end', async () => {
    const { out } = await halfopen(`replay ${published} --kernel client=auto,server=linux-3.10`)
    expect(out).toContain('server linux-3.10')
    expect(out.replace(/\s+/g, ' ')).toMatch(
      /172.20.42.84, client · fits linux-5.10, .* · (unlikely|rules out) linux-6.18/,
    )
  })
})

describe('other evidence', () => {
  const ghosts = `replay ${corpus('05-ghost/capture-client.pcap')} --stream 5 --kernel linux-6.18`
  const listing = (state: string): string =>
    written(`${state}.txt`, `State Recv-Q Send-Q Local Peer\n${state} 0 0 10.77.0.2:502 10.77.0.1:50001\n`)

  test('a listing that contradicts the packets: exit 1, in text, --json and --junit', async () => {
    const file = join(folder, 'contradiction.xml')
    const flags = `--sockets ${listing('ESTAB')}@#53`
    const { code, out } = await halfopen(`${ghosts} ${flags} --junit ${file}`)
    expect(code).toBe(1)
    expect(out).toMatch(/contradiction: .*ESTAB.txt:2 shows the server ESTABLISHED, but the packets leave the/)
    expect(readFileSync(file, 'utf8')).toMatch(/failures="1".*<failure message="[^"]*shows the server ESTABLISHED/s)
    const { connections } = await json(`${ghosts} ${flags} --json`)
    expect(connections[0].contradictions).toHaveLength(1)
  })

  test('the other capture decides the cause', async () => {
    const { code, out } = await halfopen(`${ghosts} --with ${corpus('05-ghost/capture.pcap')}`)
    expect(code).toBe(0)
    expect(out).toMatch(/has it as connection 5; taken nearer to the server;.*passed both taps/s)
    expect(out).toContain('ghost-connection (certain)')
  })

  test.each([
    [147, 'certain', 'ListenOverflows grew by 47, by just the number of these packets in 4 connections'],
    [
      148,
      'likely',
      'ListenOverflows grew by 48, and these are 47 packets in 4 connections: others were counted as well',
    ],
    [110, 'likely', 'ListenOverflows grew by 10, and these are 47 packets in 4 connections: it did happen'],
  ])('a counter is held against all connections that it counts: after %i, %s', async (after, certainty, words) => {
    const reading = (name: string, n: number) => written(name, `TcpExtListenOverflows ${n} 0.0\n`)
    const files = `${reading('before.txt', 100)},${reading(`after-${after}.txt`, after)}`
    const { connections, conclusion } = await json(
      `replay ${corpus('05-ghost/capture-client.pcap')} --counters ${files} --json`,
    )
    const ghosts = connections.flatMap((c: { diagnoses: { id: string; certainty: string }[] }) => c.diagnoses)
    expect(ghosts.map((d: { certainty: string }) => d.certainty)).toEqual(Array(4).fill(certainty))
    expect(conclusion).toContain(`(${certainty}: ${words}`)
  })
  test('counters that fell are said to count for nothing', async () => {
    const [before, after] = [written('b.txt', 'TcpExtListenDrops 9 0.0'), written('a.txt', 'TcpExtListenDrops 3 0.0')]
    const { out } = await halfopen(`replay ${published} --counters ${before},${after}`)
    expect(out.replace(/\s+/g, ' ')).toContain('ListenDrops: swapped, or the host was restarted between')
  })

  test('settings become those of the server', async () => {
    const { code, out } = await halfopen(
      `${ghosts} --sysctl ${written('sysctl.txt', 'net.ipv4.tcp_synack_retries = 2')}`,
    )
    expect(code).toBe(1)
    expect(out).toMatch(/contradiction: the settings say tcp_synack_retries = 2/)
  })

  test.each([
    ['--sockets', 'Tcp: A\nTcp: 1', 'E_SOCKETS', 'give it to --counters'],
    ['--counters', 'net.ipv4.tcp_sack = 1', 'E_COUNTERS', 'give it to --sysctl'],
    ['--sysctl', 'tcp_sack = 9', 'E_SYSCTLS_LINE', 'give 0 to 1'],
    ['--with', 'State Recv-Q Send-Q Local Address:Port', 'E_NOT_A_CAPTURE', 'give it to --sockets'],
    [
      '--counters',
      'Tcp: RtoMin\nTcp: -5',
      'E_COUNTERS_LINE',
      'other.txt:2:1: RtoMin is -5, and no counter counts below 0',
    ],
    [
      '--sockets',
      'ESTAB 0 0 10.0.0.1:70000 10.0.0.2:80',
      'E_SOCKETS_LINE',
      'other.txt:1:1: port 70000 is beyond 65535',
    ],
  ])('%s with something else: exit 4, and where it belongs', async (flag, text, code, remedy) => {
    const { code: exit, err } = await halfopen(`${ghosts} ${flag} ${written('other.txt', text)}`)
    expect([exit, err]).toEqual([4, expect.stringContaining(`[${code}]`)])
    expect(err).toContain(remedy)
  })
})

test.each([
  ['a listing of ss', 'field/f10-ltn.ss', '--sockets'],
  ['a listing of netstat', 'field/f1-v4mapped.netstat', '--sockets'],
  ['counters of netstat -s', 'field/f18-grep.before.txt', '--counters'],
  ['settings of sysctl', 'field/25.sysctl', '--sysctl'],
])('%s in place of the capture: exit 4, and the command that reads it', async (kind, file, flag) => {
  const { code, err } = await halfopen(`replay ${corpus(file)}`)
  expect(code).toBe(4)
  expect(err).toContain(`it is ${kind}: give it to ${flag}, or alone to halfopen host ${flag} [E_NOT_A_CAPTURE]`)
})

describe('what a file brings along does not reach the terminal', () => {
  test('escapes, C1 and characters that turn the direction of writing, in text and in JSON', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'halfopen-'))
    const file = join(folder, 'hostile\u001b[31m.txt')
    const name = 'evil\u001b[2J\u009b31m\u202eexample'
    writeFileSync(file, `12:00:00.1 IP ${name}.40000 > b.80: Flags [S], seq 1, win 1, length 0\n`)
    const { out, err } = await halfopen(['replay', file])
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters meant
    expect(`${out}${err}`).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/)
    expect(out).toContain('evilexample:40000')
    expect((await halfopen(['replay', file, '--json'])).out).not.toMatch(/\\u001b|\u202e|\u009b/)
  })
})

describe('many connections', () => {
  const FILE = 'traces/corpus/07-accept-queue-limit/capture.pcap'
  test('the conclusion and a table stand first; --quiet prints nothing else', async () => {
    const { out } = await halfopen(`replay ${FILE} --quiet`)
    expect(out.split('\n')[1]).toMatch(/^ {2}[A-Z].+\(/)
    expect(out).toMatch(/what +listener +connections +example/)
    expect(out).toMatch(/SYN-unanswered +10\.77\.0\.2:\d+ +\d+ +--stream \d+/)
    expect(out).not.toContain('packet  ')
  })
  test('--only shows those alone; --port judges those alone', async () => {
    const { out } = await halfopen(`replay ${FILE} --only queued-child-gone`)
    const shown = out.split('\n').filter((line) => /^\d+ {2}\S+ → /.test(line))
    expect(shown).toHaveLength(9)
    const none = await json(`replay ${FILE} --port 9 --json`)
    expect(none.connections).toEqual([])
  })
})

const field = (name: string): string => corpus(join('field', name))

describe('--to draws one connection with what both ends were', () => {
  test('svg: each packet slanted from its sender to the other end, states where they change, the failing packet marked', async () => {
    const file = join(folder, 'picture.svg')
    const { code, out } = await halfopen(`replay ${field('ack-with-snd-una.pcap')} --to svg --output ${file}`)
    const svg = readFileSync(file, 'utf8')
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(svg).toMatch(/^<svg /)
    expect(svg.match(/<path /g)).toHaveLength(25)
    expect(svg).toContain('<title>192.0.2.10:50178 → 192.0.2.11:443: diverges</title>')
    expect(svg).toContain('✗ 12')
    expect(svg).toMatch(/>SYN_SENT</)
    for (const [, y1, y2] of svg.matchAll(/<line x1="\d+" y1="(\d+)" x2="\d+" y2="(\d+)" stroke="[^"]+"\/>/g))
      expect(Number(y2)).toBeGreaterThan(Number(y1))
  })
  test('html: with the conclusion; what comes from outside is escaped', async () => {
    const { code, out } = await halfopen(`replay ${field('self-connect.txt')} --to html`)
    expect(code).toBe(0)
    expect(out).toMatch(/^<!doctype html>/)
    expect(out).toContain('comes to the port that it was sent from (simultaneous-open)')
    expect(out).toContain('<svg ')
  })
  test('mermaid', async () => {
    const { out } = await halfopen(`replay ${field('39-finwait2.pcap')} --to mermaid`)
    expect(out).toMatch(/^sequenceDiagram\n {2}participant C as client 192\.0\.2\.10:45000\n/)
    expect(out).toContain('  C->>S: 4 [F.] seq 1 ack 1\n  Note over C: FIN_WAIT1\n')
  })
  test('several connections: one has to be chosen', async () => {
    const { code, err } = await halfopen(`replay ${field('f13-dnat.txt')} --to svg`)
    expect(code).toBe(2)
    expect(err).toMatch(/--to: the capture has 2 connections, and a picture shows one; choose it with --stream n/)
    const { out } = await halfopen(`replay ${field('f13-dnat.txt')} --stream 0 --to svg`)
    expect(out).toMatch(/^<svg /)
  })
})

describe('a packet that is late', () => {
  const assassination = corpus('diagnosis/time-wait-assassination.pcap')
  test('in the text: a mark at both ends of its way, and what tells of it', async () => {
    const { out } = await halfopen(`replay ${assassination}`)
    const lines = out.split('\n')
    const row = (number: number) => lines.findIndex((line) => new RegExp(`^ {2,}${number} +\\d\\.\\d+ s`).test(line))
    expect(lines[row(4)]).toMatch(/◀─+ ① \[P\.\] seq 1:6 ack 1 length 5 ──/)
    expect(lines[row(10)]).toMatch(/◀─+ ① \[P\.\] seq 1:6 ack 1 length 5 … +│$/)
    expect(lines[row(10) + 1]!.trim()).toBe('① a copy of packet 4: its timestamp is 3 s behind')
    const arrow = (line: string) => line.indexOf('◀')
    expect(arrow(lines[row(10)]!)).toBe(arrow(lines[row(4)]!))
  })
  test('in the text: a row of its own where the capture does not show it leave, or come', async () => {
    const lossy = `replay ${corpus('transfer/bulk-loss-client.pcap')}`
    const lines = (await halfopen(lossy)).out.split('\n')
    const begins = lines.findIndex((line) => / 5 +\d\.\d+ s .*── ① \[\.\] seq 1449:2897 ack 1 length 1448 …/.test(line))
    const ends = lines.findIndex((line) => /^ {10,}│ +… ① \[\.\] seq 1449:2897 ack 1 length 1448 ─+▶/.test(line))
    expect(begins).toBeGreaterThan(0)
    expect(ends).toBeGreaterThan(begins + 10)
    expect(lines.slice(ends).find((line) => /^ +\d+ /.test(line))).toMatch(/^ +20 /)
    const { out: narrow } = await halfopen(lossy, { columns: 80 })
    for (const line of narrow.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
  })
  test('in SVG: one line over the rows between', async () => {
    const { out } = await halfopen(`replay ${assassination} --to svg`)
    const [, from, y1, to, y2] =
      /① a copy of packet 4[^<]*<\/title><line x1="(\d+)" y1="(\d+)" x2="(\d+)" y2="(\d+)"/.exec(out)!
    const rowOf = (number: number) => Number(new RegExp(`<text x="8" y="(\\d+)"[^>]*>${number}<`).exec(out)![1]) - 4
    expect([Number(from), Number(to)]).toEqual([700, 340])
    expect(Number(y1)).toBe(rowOf(4))
    expect(Number(y2)).toBe(rowOf(10) + 16)
    expect(out.match(/>①<\/text>/g)).toHaveLength(2)
  })
  test('in SVG: one of which the capture shows no beginning comes from above; one that comes later ends there', async () => {
    const old = (await halfopen(`replay ${corpus('diagnosis/paws-drop.pcap')} --to svg`)).out
    expect(old).toMatch(/① old, or forged[^<]*<\/title><line x1="340" y1="48" x2="700" y2="230"/)
    const late = (await halfopen(`replay ${corpus('transfer/bulk-loss-client.pcap')} --to svg`)).out
    expect(late).toMatch(/① comes after packet 6[^<]*<\/title><line x1="340" y1="184" x2="700" y2="628"/)
  })
  test('in HTML: said below the picture', async () => {
    const { out } = await halfopen(`replay ${assassination} --to html`)
    expect(out).toContain('<p>① packet 10: a copy of packet 4: its timestamp is 3 s behind</p>')
  })
  test('in Mermaid: an open arrow where it leaves, one where it comes, with one number', async () => {
    const reordered = (await halfopen(`replay ${field('f17-tap-reorder.pcap')} --to mermaid`)).out.split('\n')
    const at = reordered.indexOf('  C--)S: ① [S] seq 1000 (packet 2 leaves)')
    expect(reordered[at + 1]).toBe('  S->>C: 1 [S.] seq 9000 ack 1001')
    expect(reordered).toContain('  C->>S: 2 ① [S] seq 1000 (sent before packet 1, which answers it)')
    const late = (await halfopen(`replay ${corpus('transfer/bulk-loss-client.pcap')} --to mermaid`)).out
    expect(late).toMatch(/^ {2}C--\)S: 5 ① \[\.\] seq 1449:2897 ack 1 length 1448 \(comes after packet 6: .*\)$/m)
    const lines = late.split('\n')
    const comes = lines.indexOf('  C->>S: ① [.] seq 1449:2897 ack 1 length 1448 (packet 5 comes)')
    expect(lines.slice(comes).find((line) => /: \d+ /.test(line))).toMatch(/: 20 /)
  })
  test('a connection in which everything comes in its turn has no marks', async () => {
    const { out } = await halfopen(`replay ${corpus('01-normal/capture.pcap')}`)
    expect(out).not.toMatch(/[①-⑳]/)
  })
})
