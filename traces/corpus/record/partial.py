"""Records what a capture may not show, or shows otherwise than it was sent: `python3 partial.py [name…]`, as root, on Linux.

Client 10.0.1.1 and server 10.0.2.1 in namespaces of their own, a router between them that forwards as the kernel does (so
the time to live of what comes from the other side is 63). Writes ../partial/NAME[-TAP].pcap.
"""
import gzip
import os
import select
import signal
import socket
import struct
import subprocess
import threading
import time

from lab import Segment, _checksum, _libc, chosen

HERE = os.path.dirname(os.path.abspath(__file__))
CLIENT, SERVER = '10.0.1.1', '10.0.2.1'
SNAPLEN = 96


def run(*args):
    subprocess.run(args, check=True)


class Routed:
    """Three namespaces; a tap on the device of each end. `cut`: ends to which the router cuts what is longer than the MSS."""

    def __init__(self, cut=''):
        self.ns = {end: f'hf-{os.getpid()}-{end}' for end in 'csr'}
        self.home = os.open('/proc/self/ns/net', os.O_RDONLY)
        for name in self.ns.values():
            run('ip', 'netns', 'add', name)
        for end, net in (('c', '10.0.1'), ('s', '10.0.2')):
            run('ip', '-n', self.ns[end], 'link', 'add', 'eth0', 'type', 'veth', 'peer', 'name', end, 'netns', self.ns['r'])
            run('ip', '-n', self.ns[end], 'addr', 'add', f'{net}.1/24', 'dev', 'eth0')
            run('ip', '-n', self.ns['r'], 'addr', 'add', f'{net}.254/24', 'dev', end)
            for name, device in ((self.ns[end], 'eth0'), (self.ns['r'], end)):
                run('ip', '-n', name, 'link', 'set', device, 'up')
            if end in cut:
                run('ip', '-n', self.ns['r'], 'link', 'set', end, 'gso_max_segs', '1')
            run('ip', '-n', self.ns[end], 'route', 'add', 'default', 'via', f'{net}.254')
        self.sh('r', 'echo 1 > /proc/sys/net/ipv4/ip_forward')
        self.taps, self.stopped = {}, False
        # What a first connection finds out (ARP) is not of interest.
        try:
            s = self.socket('c')
            s.settimeout(1)
            s.connect((SERVER, 9))
        except OSError:
            pass

    def sh(self, end, words):
        run('ip', 'netns', 'exec', self.ns[end], 'sh', '-c', words)

    def within(self, end, make):
        fd = os.open(f'/run/netns/{self.ns[end]}', os.O_RDONLY)
        try:
            if _libc.setns(fd, 0x40000000):
                raise OSError('setns')
            return make()
        finally:
            _libc.setns(self.home, 0x40000000)
            os.close(fd)

    def socket(self, end, port=None):
        s = self.within(end, lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM))
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        s.settimeout(10)
        if port is not None:
            s.bind(({'c': CLIENT, 's': SERVER}[end], port))
        return s

    def tap(self, end, keeps=lambda segment: True):
        """Records what the device of an end sends and receives, from now on."""
        s = self.within(end, lambda: socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(3)))
        s.bind(('eth0', 3))
        s.setsockopt(socket.SOL_SOCKET, 33, 1 << 24)
        records = self.taps[end] = []

        def record():
            while not self.stopped:
                if select.select([s], [], [], 0.05)[0]:
                    ip, address = s.recvfrom(1 << 17)
                    if address[1] == 0x0800 and ip[9] == 6 and keeps(Segment(ip)):
                        records.append((time.time(), ip))

        threading.Thread(target=record, daemon=True).start()
        time.sleep(0.05)

    def pair(self, port=40000):
        listener = self.listener = self.socket('s', 80)
        listener.listen(8)
        client = self.socket('c', port)
        client.connect((SERVER, 80))
        server, _ = listener.accept()
        server.settimeout(10)
        time.sleep(0.02)
        return listener, client, server

    def reset_all(self):
        """From now on the router forwards nothing, and answers every segment with a RST in the name of whom it was sent to."""
        for end, address in (('c', CLIENT), ('s', SERVER)):
            run('ip', '-n', self.ns['r'], 'route', 'add', 'blackhole', f'{address}/32', 'table', '7')
        run('ip', '-n', self.ns['r'], 'rule', 'add', 'from', 'all', 'iif', 'c', 'table', '7')
        run('ip', '-n', self.ns['r'], 'rule', 'add', 'from', 'all', 'iif', 's', 'table', '7')
        s = self.within('r', lambda: socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(3)))

        def answer():
            while not self.stopped:
                if not select.select([s], [], [], 0.05)[0]:
                    continue
                ip, address = s.recvfrom(1 << 17)
                if address[1] != 0x0800 or ip[9] != 6 or address[2] == socket.PACKET_OUTGOING:
                    continue
                x = Segment(ip)
                if 'R' not in x.flags:
                    self.inject(x.dst, x.src, x.dport, x.sport, x.ack, 0, 64)

        threading.Thread(target=answer, daemon=True).start()

    def inject(self, source, destination, sport, dport, seq, identification, ttl=63):
        """A RST from the router, as if it came from the other end; 63 is the time to live of what is forwarded."""
        tcp = struct.pack('!HHIIBBHHH', sport, dport, seq, 0, 5 << 4, 4, 0, 0, 0)
        ends = socket.inet_aton(source) + socket.inet_aton(destination)
        sum_ = _checksum(ends + struct.pack('!BBH', 0, 6, len(tcp)) + tcp)
        tcp = tcp[:16] + struct.pack('!H', sum_) + tcp[18:]
        head = struct.pack('!BBHHHBBH', 69, 0, 40, identification, 0x4000, ttl, 6, 0) + ends
        raw = self.within('r', lambda: socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW))
        raw.sendto(head + tcp, (destination, 0))
        raw.close()

    def save(self, name):
        time.sleep(0.3)
        self.stopped = True
        time.sleep(0.1)
        for end, records in self.taps.items():
            tap = f"-{'client' if end == 'c' else 'server'}" if len(self.taps) > 1 else ''
            with open(os.path.join(HERE, '..', 'partial', f'{name}{tap}.pcap'), 'wb') as out:
                out.write(struct.pack('<IHHiIII', 0xA1B2C3D4, 2, 4, 0, 0, SNAPLEN, 101))
                for at, ip in records:
                    cut = ip[:SNAPLEN]
                    out.write(struct.pack('<IIII', int(at), int(at % 1 * 1e6), len(cut), len(ip)) + cut)
            print(name, tap, len(records), 'packets')

    def remove(self):
        for name in self.ns.values():
            subprocess.run(['ip', 'netns', 'del', name], check=False)


def converse(client, server, times, asks=100, answers=700):
    for _ in range(times):
        client.sendall(b'q' * asks)
        server.recv(4096)
        server.sendall(b'a' * answers)
        client.recv(4096)
        time.sleep(0.01)


def quietly(action):
    try:
        action()
    except OSError:
        pass


def middlebox_reset(lab):
    """A firewall loses its patience: from some moment on it answers every packet of the connection with a RST."""
    lab.tap('c')
    lab.tap('s')
    _, client, server = lab.pair()
    converse(client, server, 3)
    lab.reset_all()
    quietly(lambda: client.sendall(b'q' * 100))
    time.sleep(0.2)
    quietly(lambda: server.sendall(b'a' * 700))
    time.sleep(0.2)


def reset_by_another(lab, exchanges, beyond):
    """Somebody on the way resets the client in the server's name, with a plausible identification; `beyond` the right number."""
    lab.tap('c')
    _, client, server = lab.pair()
    converse(client, server, exchanges)
    own = [ip for _, ip in lab.taps['c'] if ip[12:16] == socket.inet_aton(SERVER)]
    last = Segment(own[-1])
    identification = struct.unpack('!H', own[-1][4:6])[0] + 1
    lab.inject(SERVER, CLIENT, 80, 40000, (last.seq + last.length + beyond) % 2**32, identification % 2**16)
    return client, server


def injected_reset(lab):
    """The client believes it, and the server goes on."""
    _, server = reset_by_another(lab, 3, 0)
    time.sleep(0.1)
    quietly(lambda: server.sendall(b'a' * 700))
    time.sleep(0.2)
    quietly(server.close)


def ignored_reset(lab):
    """Out of the window: both ends go on."""
    client, server = reset_by_another(lab, 2, 2**29)
    time.sleep(0.05)
    converse(client, server, 2)
    client.close()
    time.sleep(0.1)
    server.close()


def late_start(lab):
    """The tap is put on in the midst of a transfer that loses nothing."""
    _, client, server = lab.pair()
    sink = threading.Thread(target=lambda: [None for _ in iter(lambda: server.recv(65536), b'')])
    sink.start()
    for i in range(20):
        if i == 10:
            lab.tap('c')
            lab.tap('s')
        client.sendall(b'x' * 5000)
        time.sleep(0.003)
    client.close()
    sink.join()
    server.close()


def one_way(lab):
    """What `src host` of the client shows."""
    lab.tap('c', lambda segment: segment.src == CLIENT)
    _, client, server = lab.pair()
    converse(client, server, 4)
    client.close()
    time.sleep(0.1)
    server.close()


def offload(lab, bytes):
    """Segments are longer than the MSS where offloads have not yet cut them."""
    lab.tap('c')
    lab.tap('s')
    _, client, server = lab.pair()
    got = []

    def drain():
        while data := server.recv(1 << 20):
            got.append(len(data))
        server.close()

    sink = threading.Thread(target=drain)
    sink.start()
    client.sendall(b'x' * bytes)
    client.close()
    sink.join()


def dropped(lab):
    """dumpcap is stopped for a while, and its buffer of 1 MB is too small; it tells in the end how many packets it has lost."""
    file = os.path.join(HERE, '..', 'partial', 'dropped.pcapng')
    capturing = subprocess.Popen(['ip', 'netns', 'exec', lab.ns['c'], 'dumpcap', '-q', '-i', 'eth0', '-f', 'tcp port 80',
                                  '-B', '1', '-w', file], stderr=subprocess.DEVNULL)
    time.sleep(1)
    _, client, server = lab.pair()
    converse(client, server, 2)
    os.kill(capturing.pid, signal.SIGSTOP)
    noise = lab.socket('c', 40001)
    noise.connect((SERVER, 80))
    other, _ = lab.listener.accept()
    threading.Thread(target=lambda: [None for _ in iter(lambda: other.recv(1 << 20), b'')], daemon=True).start()
    for _ in range(60):
        noise.sendall(b'n' * 60_000)
    converse(client, server, 1)
    os.kill(capturing.pid, signal.SIGCONT)
    time.sleep(1)
    converse(client, server, 2)
    client.close()
    time.sleep(0.1)
    server.close()
    time.sleep(0.5)
    capturing.send_signal(signal.SIGINT)
    capturing.wait()
    with open(file, 'rb') as whole, gzip.open(f'{file}.gz', 'wb') as packed:
        packed.write(whole.read())
    os.remove(file)


SCENARIOS = {
    'middlebox-reset': (middlebox_reset, {}),
    'injected-reset': (injected_reset, {}),
    'ignored-reset': (ignored_reset, {}),
    'late-start': (late_start, {}),
    'one-way': (one_way, {}),
    'offload': (lambda lab: offload(lab, 300_000), {}),
    'cut-on-the-way': (lambda lab: offload(lab, 40_000), {'cut': 's'}),
    'dropped': (dropped, {}),
}


def record(name):
    scenario, options = SCENARIOS[name]
    lab = Routed(**options)
    try:
        scenario(lab)
        lab.save(name)
    finally:
        lab.remove()


if __name__ == '__main__':
    for each in chosen(SCENARIOS):
        record(each)
