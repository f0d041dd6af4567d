"""Two hosts in network namespaces and a wire between them that records, delays, drops and forges.

The wire is a third namespace: a relay copies frames between two veth devices. What the tap at an end records is what
that end sent and what was delivered to it. Needs root; `tc`, `nft` and tcpdump are not needed.
"""
import ctypes
import heapq
import os
import select
import socket
import struct
import subprocess
import sys
import threading
import time

CLIENT, SERVER = '10.0.0.1', '10.0.0.2'
SNAPLEN = 96
_libc = ctypes.CDLL(None, use_errno=True)


def _ip(*args):
    subprocess.run(['ip', *args], check=True)


def _checksum(data):
    if len(data) % 2:
        data += b'\0'
    total = sum(struct.unpack(f'!{len(data) // 2}H', data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def _with_checksum(ip):
    """The IP packet with the checksum of its TCP segment made (offload leaves it open)."""
    ihl = (ip[0] & 15) * 4
    tcp = bytearray(ip[ihl:struct.unpack('!H', ip[2:4])[0]])
    tcp[16:18] = b'\0\0'
    pseudo = ip[12:20] + struct.pack('!BBH', 0, 6, len(tcp))
    tcp[16:18] = struct.pack('!H', _checksum(pseudo + bytes(tcp)))
    return ip[:ihl] + bytes(tcp)


class Segment:
    """A TCP segment in an IPv4 packet."""

    def __init__(self, ip):
        ihl = (ip[0] & 15) * 4
        self.src, self.dst = socket.inet_ntoa(ip[12:16]), socket.inet_ntoa(ip[16:20])
        self.sport, self.dport, self.seq, self.ack, offset, bits = struct.unpack('!HHIIBB', ip[ihl:ihl + 14])
        header = ihl + (offset >> 4) * 4
        self.flags = ''.join(c for c, bit in zip('FSRP.', (1, 2, 4, 8, 16)) if bits & bit)
        self.options = ip[ihl + 20:header]
        self.length = struct.unpack('!H', ip[2:4])[0] - header

    @property
    def timestamp(self):
        at = self.options.find(b'\x08\x0a')
        return struct.unpack('!II', self.options[at + 2:at + 10]) if at >= 0 else None


class Lab:
    def __init__(self, name, tap='client', delay=0.02, sysctls=None, client_sysctls=None):
        self.names = {end: f'hf-{name}-{end}' for end in ('c', 's', 'w')}
        self.tap, self.delay = tap, delay
        self.drop = lambda end, segment: False
        self.seen, self.records, self.later, self.macs, self.keep = [], [], [], {}, []
        self.lock, self.stopped = threading.Lock(), False
        self._home = os.open('/proc/self/ns/net', os.O_RDONLY)
        for namespace in self.names.values():
            _ip('netns', 'add', namespace)
        for end, address in (('c', CLIENT), ('s', SERVER)):
            _ip('-n', self.names[end], 'link', 'add', 'eth0', 'type', 'veth', 'peer', 'name', end, 'netns', self.names['w'])
            _ip('-n', self.names[end], 'addr', 'add', f'{address}/24', 'dev', 'eth0')
            _ip('-n', self.names[end], 'link', 'set', 'eth0', 'up')
            _ip('-n', self.names['w'], 'link', 'set', end, 'up')
        _ip('-n', self.names['s'], 'route', 'add', 'default', 'via', CLIENT)
        for end, settings in (('s', sysctls), ('c', client_sysctls or sysctls)):
            for key, value in (settings or {}).items():
                subprocess.run(['ip', 'netns', 'exec', self.names[end], 'sh', '-c',
                                f'echo {value} > /proc/sys/net/ipv4/{key}'], check=True)
        self.wires = {end: self.within('w', lambda end=end: self._open(end)) for end in ('c', 's')}
        self.thread = threading.Thread(target=self._relay, daemon=True)
        self.thread.start()

    def _open(self, device):
        s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
        s.bind((device, 0))
        return s

    def within(self, end, make):
        """Runs `make` in the namespace of an end: sockets stay where they were made."""
        fd = os.open(f'/run/netns/{self.names[end]}', os.O_RDONLY)
        try:
            if _libc.setns(fd, 0x40000000):
                raise OSError(ctypes.get_errno(), 'setns')
            return make()
        finally:
            _libc.setns(self._home, 0x40000000)
            os.close(fd)

    def socket(self, end, port=None):
        s = self.within(end, lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM))
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        s.settimeout(20)
        if port is not None:
            s.bind((CLIENT if end == 'c' else SERVER, port))
        return s

    def listener(self, backlog=8, port=80):
        s = self.socket('s', port)
        s.listen(backlog)
        return s

    def pair(self, port=40000):
        """A connection with both its sockets."""
        listener = self.listener()
        client = self.socket('c', port)
        client.connect((SERVER, 80))
        server, _ = listener.accept()
        time.sleep(3 * self.delay)
        return listener, client, server

    def _relay(self):
        other = {'c': 's', 's': 'c'}
        while not self.stopped:
            wait = max(0, self.later[0][0] - time.time()) if self.later else 0.05
            for wire in select.select(list(self.wires.values()), [], [], min(wait, 0.05))[0]:
                frame, address = wire.recvfrom(65536)
                if address[2] == socket.PACKET_OUTGOING:
                    continue
                self._pass('c' if wire is self.wires['c'] else 's', frame, other)
            with self.lock:
                while self.later and self.later[0][0] <= time.time():
                    _, _, to, frame = heapq.heappop(self.later)
                    self._deliver(to, frame)

    def _pass(self, end, frame, other):
        kind = frame[12:14]
        self.macs[end] = frame[6:12]
        if kind == b'\x08\x06':
            self.wires[other[end]].send(frame)
            return
        if kind != b'\x08\x00' or frame[23] != 6:
            return
        ip = _with_checksum(frame[14:])
        segment = Segment(ip)
        self.seen.append((end, segment))
        if self._taps(end):
            self._record(ip)
        if not self.drop(end, segment):
            with self.lock:
                heapq.heappush(self.later, (time.time() + self.delay, len(self.seen), other[end], frame[:14] + ip))

    def _taps(self, end):
        return self.tap == {'c': 'client', 's': 'server'}[end]

    def _deliver(self, to, frame):
        if self._taps(to):
            self._record(frame[14:])
        self.wires[to].send(frame)

    def _record(self, ip):
        self.records.append((time.time(), ip))

    def inject(self, to, flags, seq, ack=0, payload=b'', source=None, sport=40000, dport=80, options=b''):
        """A segment that nobody sent arrives at an end."""
        options += b'\1' * (-len(options) % 4)
        bits = sum(bit for c, bit in zip('FSRP.', (1, 2, 4, 8, 16)) if c in flags)
        tcp = struct.pack('!HHIIBBHHH', sport, dport, seq % 2**32, ack % 2**32, (20 + len(options)) // 4 << 4, bits, 64240, 0, 0)
        source = source or (SERVER if to == 'c' else CLIENT)
        ends = socket.inet_aton(source) + socket.inet_aton(CLIENT if to == 'c' else SERVER)
        head = struct.pack('!BBHHHBBH', 69, 0, 20 + len(tcp + options + payload), 0, 0x4000, 64, 6, 0) + ends
        head = head[:10] + struct.pack('!H', _checksum(head)) + head[12:]
        frame = self.macs[to] + self.macs.get({'c': 's', 's': 'c'}[to], b'\2' * 6) + b'\x08\0'
        self._deliver(to, frame + _with_checksum(head + tcp + options + payload))

    def last(self, end):
        return [s for e, s in self.seen if e == end][-1]

    def close(self, file):
        """Ends the recording and writes it: LINKTYPE_RAW, microseconds, cut at the snaplen."""
        time.sleep(3 * self.delay)
        self.stopped = True
        self.thread.join()
        with open(file, 'wb') as out:
            out.write(struct.pack('<IHHiIII', 0xA1B2C3D4, 2, 4, 0, 0, SNAPLEN, 101))
            for at, ip in self.records:
                cut = ip[:SNAPLEN]
                out.write(struct.pack('<IIII', int(at), int(at % 1 * 1e6), len(cut), len(ip)) + cut)

    def remove(self):
        for namespace in self.names.values():
            subprocess.run(['ip', 'netns', 'del', namespace], check=False)


def vanish(s):
    """The socket is gone without a word, as after a reboot. linux: TCP_REPAIR."""
    s.setsockopt(socket.IPPROTO_TCP, 19, 1)
    s.close()


def chosen(scenarios):
    """The recordings that the command line names; all of them where it names none."""
    program = os.path.basename(sys.argv[0])
    if os.geteuid() != 0:
        sys.exit(f'{program}: SKIPPED, nothing was recorded: it needs root to make network namespaces')
    unknown = [name for name in sys.argv[1:] if name not in scenarios]
    if unknown:
        sys.exit(f'{program}: {unknown[0]} is no recording; there are {", ".join(scenarios)}')
    return sys.argv[1:] or list(scenarios)
