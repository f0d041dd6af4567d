"""Records ordinary data traffic at both taps: `python3 transfer.py [name…]`, as root, on Linux. Writes ../transfer/NAME-{client,server}.pcap."""
import os
import random
import socket
import struct
import threading
import time

from lab import SERVER, SNAPLEN, Lab, _ip, chosen

HERE = os.path.dirname(os.path.abspath(__file__))


class TwoTaps(Lab):
    """Both ends are tapped; the wire delays by chance, and so reorders, and loses. Segments are no longer than the wire carries."""

    def __init__(self, *args, jitter=0, loss=0, **options):
        self.jitter, self.loss, self.random = jitter, loss, random.Random(5)
        self.both = {'client': [], 'server': []}
        super().__init__(*args, **options)
        for end in ('c', 's'):
            _ip('-n', self.names[end], 'link', 'set', 'eth0', 'gso_max_segs', '1')

    def _pass(self, end, frame, other):
        usual, self.delay = self.delay, max(0.0005, self.delay + self.random.uniform(-self.jitter, self.jitter))
        self.drop = lambda end, segment: self.random.random() < self.loss
        try:
            super()._pass(end, frame, other)
        finally:
            self.delay = usual

    def _taps(self, end):
        self.tapped = {'c': 'client', 's': 'server'}[end]
        return True

    def _record(self, ip):
        self.both[self.tapped].append((time.time(), ip))

    def save(self, name):
        time.sleep(0.3)
        self.stopped = True
        self.thread.join()
        for tap, packets in self.both.items():
            with open(os.path.join(HERE, '..', 'transfer', f'{name}-{tap}.pcap'), 'wb') as out:
                out.write(struct.pack('<IHHiIII', 0xA1B2C3D4, 2, 4, 0, 0, SNAPLEN, 101))
                for at, ip in packets:
                    out.write(struct.pack('<IIII', int(at), int(at % 1 * 1e6), len(ip[:SNAPLEN]), len(ip)) + ip[:SNAPLEN])


def connected(lab, buffer=None):
    listener = lab.listener()
    if buffer:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
    client = lab.socket('c', 40000)
    client.connect((SERVER, 80))
    server, _ = listener.accept()
    server.settimeout(30)
    return client, server


def drain(s):
    while s.recv(65536):
        pass


def send(lab, bytes, buffer=None, pause=0):
    client, server = connected(lab, buffer)
    sender = threading.Thread(target=lambda: (client.sendall(b'x' * bytes), client.close()))
    sender.start()
    time.sleep(pause)
    drain(server)
    sender.join()
    server.close()


def both(lab, bytes):
    ends = connected(lab)
    writers = [threading.Thread(target=lambda s=s: (s.sendall(b'x' * bytes), s.shutdown(socket.SHUT_WR))) for s in ends]
    readers = [threading.Thread(target=drain, args=(s,)) for s in ends]
    for thread in writers + readers:
        thread.start()
    for thread in writers + readers:
        thread.join()
    for s in ends:
        s.close()


def keepalive(lab):
    client, server = connected(lab)
    client.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for option, value in ((socket.TCP_KEEPIDLE, 1), (socket.TCP_KEEPINTVL, 1), (socket.TCP_KEEPCNT, 3)):
        client.setsockopt(socket.IPPROTO_TCP, option, value)
    time.sleep(3.5)
    server.close()
    client.recv(10)
    client.close()


def echo(lab):
    client, server = connected(lab)

    def answer():
        while data := server.recv(65536):
            server.sendall(data)
        server.close()

    answering = threading.Thread(target=answer)
    answering.start()
    for _ in range(20):
        client.sendall(b'q' * 300)
        client.recv(1000)
        time.sleep(0.02)
    client.close()
    answering.join()


SCENARIOS = {
    'bulk': (lambda lab: send(lab, 100_000), {'delay': 0.005}),
    'bulk-loss': (lambda lab: send(lab, 100_000), {'delay': 0.005, 'jitter': 0.001, 'loss': 0.03}),
    'bulk-no-sack': (
        lambda lab: send(lab, 60_000),
        {'delay': 0.005, 'loss': 0.02, 'sysctls': {'tcp_sack': 0, 'tcp_timestamps': 0}},
    ),
    'both-ways': (lambda lab: both(lab, 60_000), {'delay': 0.005, 'loss': 0.01}),
    'zero-window-opens': (lambda lab: send(lab, 20_000, 2048, 3), {'delay': 0.001}),
    'keepalive': (keepalive, {'delay': 0.005}),
    'echo-loss': (echo, {'delay': 0.005, 'jitter': 0.002, 'loss': 0.05}),
}


def record(name):
    scenario, options = SCENARIOS[name]
    lab = TwoTaps(f'{os.getpid()}{list(SCENARIOS).index(name)}', **options)
    try:
        s = lab.socket('c')
        s.settimeout(0.5)
        try:
            s.connect((SERVER, 9))
        except OSError:
            pass
        time.sleep(0.1)
        lab.both = {'client': [], 'server': []}
        scenario(lab)
        lab.save(name)
    finally:
        lab.remove()


if __name__ == '__main__':
    for each in chosen(SCENARIOS):
        record(each)
