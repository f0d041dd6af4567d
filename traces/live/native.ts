/** The system calls that a live run makes, in this thread: a namespace belongs to a thread, and those of Node's pool have others. */
import { readFileSync, writeFileSync } from 'node:fs'
import koffi from 'koffi'

const libc = koffi.load('libc.so.6')

const socketCall = libc.func('int socket(int domain, int type, int protocol)')
const bindCall = libc.func('int bind(int fd, const uint8_t *address, uint32_t len)')
const listenCall = libc.func('int listen(int fd, int backlog)')
const acceptCall = libc.func('int accept4(int fd, _Out_ uint8_t *address, _Inout_ uint32_t *len, int flags)')
const connectCall = libc.func('int connect(int fd, const uint8_t *address, uint32_t len)')
const sendCall = libc.func('intptr_t send(int fd, const uint8_t *bytes, size_t len, int flags)')
const recvCall = libc.func('intptr_t recv(int fd, _Out_ uint8_t *bytes, size_t len, int flags)')
const shutdownCall = libc.func('int shutdown(int fd, int how)')
const closeCall = libc.func('int close(int fd)')
const setsockoptCall = libc.func('int setsockopt(int fd, int level, int option, const uint8_t *value, uint32_t len)')
const getsockoptCall = libc.func(
  'int getsockopt(int fd, int level, int option, _Out_ uint8_t *value, _Inout_ uint32_t *len)',
)
const pollCall = libc.func('int poll(_Inout_ uint8_t *fds, unsigned long n, int timeout)')
const ioctlCall = libc.func('int ioctl(int fd, unsigned long request, _Inout_ uint8_t *value)')
const clockCall = libc.func('int clock_gettime(int clock, _Out_ uint8_t *time)')
const resolutionCall = libc.func('int clock_getres(int clock, _Out_ uint8_t *time)')
const initModuleCall = libc.func('int init_module(const uint8_t *image, unsigned long len, const char *parameters)')
const unshareCall = libc.func('int unshare(int flags)')
const setnsCall = libc.func('int setns(int fd, int kind)')
const openCall = libc.func('int open(const char *path, int flags)')
const nametoindexCall = libc.func('unsigned int if_nametoindex(const char *name)')

const CLONE_NEWNET = 0x4000_0000
const NONBLOCK = 0o4000

const names: ReadonlyMap<number, string> = new Map(
  Object.entries(koffi.os.errno as Readonly<Record<string, number>>).map(([name, n]) => [n, name]),
)

/** What a call has given: a number, or the name of its error. */
export type Outcome = { readonly value: number; readonly error?: undefined } | { readonly error: string }

const outcome = (value: number | bigint): Outcome =>
  Number(value) >= 0 ? { value: Number(value) } : { error: nameOf(koffi.errno()) }

/** Two names of one number: the one that recordings have. */
const nameOf = (errno: number): string => {
  const name = names.get(errno) ?? `errno ${errno}`
  return name === 'EWOULDBLOCK' ? 'EAGAIN' : name
}

const must = (what: string, value: number | bigint): number => {
  const o = outcome(value)
  if (o.error !== undefined) throw new Error(`${what}: ${o.error}`)
  return o.value
}

const address = (ip: string, port: number): Uint8Array =>
  Uint8Array.of(2, 0, port >> 8, port & 255, ...ip.split('.').map(Number), 0, 0, 0, 0, 0, 0, 0, 0)

const intBytes = (...values: readonly number[]): Uint8Array => new Uint8Array(Int32Array.from(values).buffer)

/** ms since 1970, by the clock that stamps packets. */
export const now = (): number => {
  const time = new Uint8Array(16)
  clockCall(0, time)
  const [seconds, nanoseconds] = new BigInt64Array(time.buffer)
  return Number(seconds) * 1000 + Number(nanoseconds) / 1e6
}

/** Loads a module of the kernel. @throws Error where the kernel refuses it */
export const loadModule = (image: Uint8Array): void => {
  must('init_module', initModuleCall(image, image.length, ''))
}

/** Between two ticks of the kernel's own clock, ms. linux: CLOCK_MONOTONIC_COARSE, TICK_NSEC */
export const resolution = (): number => {
  const time = new Uint8Array(16)
  resolutionCall(6, time)
  return Number(new BigInt64Array(time.buffer)[1]) / 1e6
}

/** A file descriptor that stands for the network namespace of this thread. */
const currentNamespace = (): number => must('open', openCall('/proc/thread-self/ns/net', 0))

export class Namespace {
  readonly fd: number

  private constructor(fd: number) {
    this.fd = fd
  }

  static current(): Namespace {
    return new Namespace(currentNamespace())
  }

  /** A new one; this thread stays where it was. @throws Error where the kernel forbids it */
  static create(): Namespace {
    const here = currentNamespace()
    must('unshare', unshareCall(CLONE_NEWNET))
    const made = new Namespace(currentNamespace())
    must('setns', setnsCall(here, CLONE_NEWNET))
    closeCall(here)
    return made
  }

  /** What `does` does, it does in this namespace. */
  inside<T>(does: () => T): T {
    const here = currentNamespace()
    must('setns', setnsCall(this.fd, CLONE_NEWNET))
    try {
      return does()
    } finally {
      must('setns', setnsCall(here, CLONE_NEWNET))
      closeCall(here)
    }
  }

  /** How a program names it: `ip link … netns PATH`. */
  get path(): string {
    return `/proc/${process.pid}/fd/${this.fd}`
  }

  read(file: string): string {
    return this.inside(() => readFileSync(`/proc/thread-self/net/${file}`, 'latin1'))
  }

  sysctl(name: string, value?: string | number): string {
    const file = `/proc/sys/${name.replaceAll('.', '/')}`
    return this.inside(() => {
      if (value !== undefined) writeFileSync(file, `${value}`)
      return readFileSync(file, 'latin1').trim()
    })
  }

  close(): void {
    closeCall(this.fd)
  }
}

/** A TCP socket of this kernel. Nothing blocks. */
export class TcpSocket {
  readonly fd: number

  constructor(fd: number) {
    this.fd = fd
  }

  static open(namespace: Namespace): TcpSocket {
    return new TcpSocket(namespace.inside(() => must('socket', socketCall(2, 1 | NONBLOCK, 0))))
  }

  bind(ip: string, port: number): Outcome {
    return outcome(bindCall(this.fd, address(ip, port), 16))
  }

  listen(backlog: number): Outcome {
    return outcome(listenCall(this.fd, backlog))
  }

  /** The new socket and its peer's port, or the error. */
  accept(): { readonly socket: TcpSocket; readonly port: number } | { readonly error: string } {
    const peer = new Uint8Array(16)
    const o = outcome(acceptCall(this.fd, peer, [16], NONBLOCK))
    return o.error === undefined ? { socket: new TcpSocket(o.value), port: peer[2]! * 256 + peer[3]! } : o
  }

  connect(ip: string, port: number): Outcome {
    return outcome(connectCall(this.fd, address(ip, port), 16))
  }

  send(bytes: number): Outcome {
    return outcome(sendCall(this.fd, new Uint8Array(bytes).fill(120), bytes, 0x4000)) // MSG_NOSIGNAL
  }

  recv(bytes: number): Outcome {
    return outcome(recvCall(this.fd, new Uint8Array(bytes), bytes, 0))
  }

  /** How many bytes could be received; they stay. */
  peek(bytes: number): Outcome {
    return outcome(recvCall(this.fd, new Uint8Array(bytes), bytes, 2)) // MSG_PEEK
  }

  shutdown(how: number): Outcome {
    return outcome(shutdownCall(this.fd, how))
  }

  close(): Outcome {
    return outcome(closeCall(this.fd))
  }

  setOption(level: number, option: number, ...values: readonly number[]): Outcome {
    const value = intBytes(...values)
    return outcome(setsockoptCall(this.fd, level, option, value, value.length))
  }

  /** Its SYN will have this number. linux: tcp_repair_set, TCP_QUEUE_SEQ; needs CAP_NET_ADMIN */
  beginAt(iss: number): void {
    must('TCP_REPAIR', setsockoptCall(this.fd, 6, 19, intBytes(1), 4))
    must('TCP_REPAIR_QUEUE', setsockoptCall(this.fd, 6, 20, intBytes(2), 4)) // TCP_SEND_QUEUE
    must('TCP_QUEUE_SEQ', setsockoptCall(this.fd, 6, 21, intBytes(iss), 4))
    must('TCP_REPAIR', setsockoptCall(this.fd, 6, 19, intBytes(-1), 4)) // TCP_REPAIR_OFF_NO_WP
  }

  /** connect() without bind() may choose no other port. linux: IP_LOCAL_PORT_RANGE, since 6.3 */
  choosesOnly(port: number): void {
    must('IP_LOCAL_PORT_RANGE', setsockoptCall(this.fd, 0, 51, intBytes((port << 16) | port), 4))
  }

  /** It is gone, and nothing is sent. linux: tcp_disconnect in repair */
  vanish(): Outcome {
    must('TCP_REPAIR', setsockoptCall(this.fd, 6, 19, intBytes(1), 4))
    return this.close()
  }

  /** SO_ERROR: why connect() has failed, by name; undefined if nothing has. */
  error(): string | undefined {
    const value = new Uint8Array(4)
    getsockoptCall(this.fd, 1, 4, value, [4])
    const [errno] = new Int32Array(value.buffer)
    return errno === 0 ? undefined : nameOf(errno!)
  }
}

const ETH_P_IP = 0x0800
const FRAME = 65_536

/** A packet socket on an interface: the frames of IPv4 (or of `kind`) that arrive there, and what is put on it. linux: packet(7) */
export class PacketSocket {
  readonly fd: number
  readonly #frame = new Uint8Array(FRAME)
  readonly #stamp = new Uint8Array(16)

  constructor(interfaceName: string, kind = ETH_P_IP) {
    const protocol = ((kind & 255) << 8) | (kind >> 8)
    this.fd = must('socket(AF_PACKET)', socketCall(17, 3 | NONBLOCK, protocol))
    const index = nametoindexCall(interfaceName)
    if (index === 0) throw new Error(`there is no interface ${interfaceName}`)
    const link = new Uint8Array(20)
    const view = new DataView(link.buffer)
    view.setUint16(0, 17, true)
    view.setUint16(2, kind)
    view.setInt32(4, index, true)
    must('bind(AF_PACKET)', bindCall(this.fd, link, 20))
    ioctlCall(this.fd, SIOCGSTAMPNS, this.#stamp) // the first one makes the kernel stamp packets
  }

  /** What the interface is, as ARPHRD_… has it, and its address. linux: netdevice(7) */
  static interfaceOf(name: string): { readonly type: number; readonly address: readonly number[] } {
    const request = new Uint8Array(40)
    request.set(new TextEncoder().encode(name.slice(0, 15)))
    const fd = must('socket', socketCall(2, 2, 0))
    const done = ioctlCall(fd, SIOCGIFHWADDR, request)
    closeCall(fd)
    if (done < 0) throw new Error(`there is no interface ${name}`)
    return { type: request[16]! + 256 * request[17]!, address: [...request.subarray(18, 24)] }
  }

  /** The next frame and when the interface received it, ms since 1970; undefined if none waits. */
  read(): { readonly frame: Uint8Array; readonly at: number } | undefined {
    const n = Number(recvCall(this.fd, this.#frame, FRAME, 0))
    if (n <= 0) return undefined
    const stamped = ioctlCall(this.fd, SIOCGSTAMPNS, this.#stamp) === 0
    const [seconds, nanoseconds] = new BigInt64Array(this.#stamp.buffer)
    const at = stamped ? Number(seconds) * 1000 + Number(nanoseconds) / 1e6 : now()
    return { frame: this.#frame.slice(0, n), at }
  }

  write(frame: Uint8Array): void {
    sendCall(this.fd, frame, frame.length, 0)
  }

  close(): void {
    closeCall(this.fd)
  }
}

const SIOCGSTAMPNS = 0x8907
const SIOCGIFHWADDR = 0x8927

/** Waits until one of the descriptors can be read, at most so many ms. */
export const waitFor = (fds: readonly number[], ms: number): void => {
  const list = new Uint8Array(fds.length * 8)
  const view = new DataView(list.buffer)
  for (const [i, fd] of fds.entries()) {
    view.setInt32(i * 8, fd, true)
    view.setInt16(i * 8 + 4, 1, true)
  }
  pollCall(list, fds.length, Math.max(0, Math.round(ms)))
}
