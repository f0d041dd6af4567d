/** The services on sockets of this kernel: nothing blocks, and each is looked after when its turn comes. */
import { type Namespace, TcpSocket } from '../../live/native.ts'
import { type Service, serviceNames, services } from '../target.ts'

const LINE = 20
const MUCH = 1_460
const ALL = 65_536
const BACKLOG = 128
/** SO_RCVBUF of what is never read: soon full. */
const SMALL = 4_096
const SHUT_WR = 1

interface Connection {
  readonly socket: TcpSocket
  readonly service: Service
  /** What the echo has still to send. */
  owed: number
}

const isOver = (o: ReturnType<TcpSocket['recv']>): boolean =>
  o.error === undefined ? o.value === 0 : o.error !== 'EAGAIN'

export class KernelServices {
  readonly #namespace: Namespace
  readonly #tester: string
  readonly #listeners: readonly (readonly [Service, TcpSocket])[]
  readonly #connections = new Set<Connection>()

  constructor(namespace: Namespace, address: string, tester: string) {
    this.#namespace = namespace
    this.#tester = tester
    this.#listeners = serviceNames.map((name) => {
      const socket = TcpSocket.open(namespace)
      socket.setOption(1, 2, 1) // SO_REUSEADDR
      if (name === 'hold') socket.setOption(1, 8, SMALL) // SO_RCVBUF, which accepted sockets take over
      socket.bind(address, services[name].port)
      socket.listen(BACKLOG)
      return [name, socket] as const
    })
  }

  /** Accepts, reads, writes and closes what there is. */
  turn(): void {
    for (const [name, listener] of this.#listeners) {
      for (let got = listener.accept(); 'socket' in got; got = listener.accept())
        this.#begins(name, got.socket, got.port)
    }
    for (const c of this.#connections) this.#serves(c)
  }

  #begins(service: Service, socket: TcpSocket, port: number): void {
    socket.setOption(6, 1, 1) // TCP_NODELAY
    if (service === 'daytime') {
      socket.send(LINE)
      socket.close()
      return
    }
    if (service === 'half') socket.shutdown(SHUT_WR)
    if (service === 'dial') this.#dials(port + 1)
    this.#connections.add({ socket, service, owed: 0 })
  }

  #dials(port: number): void {
    const socket = TcpSocket.open(this.#namespace)
    socket.connect(this.#tester, port)
    this.#connections.add({ socket, service: 'discard', owed: 0 })
  }

  #serves(c: Connection): void {
    const { socket, service } = c
    if (service === 'hold') return
    if (service === 'unread' || service === 'abort') {
      const text = socket.peek(1)
      if (text.error === 'EAGAIN') return
      if (service === 'abort') socket.setOption(1, 13, 1, 0) // SO_LINGER
      this.#ends(c)
      return
    }
    if (service === 'chargen') while (socket.send(MUCH).error === undefined) {}
    const got = socket.recv(ALL)
    if (got.error === undefined && service === 'echo') c.owed += got.value
    if (c.owed > 0) {
      const put = socket.send(c.owed)
      if (put.error === undefined) c.owed -= put.value
    }
    if (isOver(got) && got.error !== 'ENOTCONN') this.#ends(c)
  }

  #ends(c: Connection): void {
    c.socket.close()
    this.#connections.delete(c)
  }

  close(): void {
    for (const { socket } of this.#connections) socket.close()
    for (const [, socket] of this.#listeners) socket.close()
  }
}
