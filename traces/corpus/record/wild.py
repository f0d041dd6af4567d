"""Random traffic of a real kernel: `python3 wild.py SEED FILE`, as root, on Linux, with tcpdump. Writes FILE-{client,server}.pcap.

The seed draws the settings of both hosts, the wire (delay, loss, reordering, duplication, MTU), the backlog, and what each
application does: it writes, reads, sleeps, shuts down, aborts or leaves without a word. Timing is the kernel's own, so a seed
gives similar traffic each time, not the same. ../wild holds single connections of such runs that a replay once got wrong.
"""
import heapq
import os
import random
import socket
import struct
import subprocess
import sys
import threading
import time

from lab import SERVER, Lab, Segment, _checksum, _ip, _with_checksum

TCP = socket.IPPROTO_TCP
SECONDS = (4, 6, 9)
SETTINGS = {  # name: how likely it is set, and to what
    'tcp_timestamps': (.3, 0), 'tcp_sack': (.2, 0), 'tcp_window_scaling': (.1, 0), 'tcp_syncookies': (.5, 0, 2),
    'tcp_abort_on_overflow': (.2, 1), 'tcp_synack_retries': (.4, 0, 1, 2), 'tcp_syn_retries': (.3, 1, 2),
    'tcp_syn_linear_timeouts': (.2, 0, 1), 'tcp_retries2': (.2, 2, 3), 'tcp_fin_timeout': (.3, 1, 2, 3),
    'tcp_ecn': (.2, 1), 'tcp_tw_reuse': (.2, 0, 1), 'tcp_max_tw_buckets': (.1, 0, 2), 'tcp_orphan_retries': (.3, 1, 2),
    'tcp_early_retrans': (.15, 0), 'tcp_recovery': (.15, 0), 'tcp_frto': (.15, 0), 'tcp_comp_sack_nr': (.15, 0),
    'tcp_max_syn_backlog': (.15, 2, 4), 'tcp_dsack': (.15, 0), 'tcp_rfc1337': (.2, 1),
}


class Wire(Lab):
    """Delays, loses, duplicates and reorders by chance, and cuts what is longer than its MTU as a device would."""

    def __init__(self, name, chance, **options):
        self.chance, self.sent, self.last = chance, 0, {'c': 0, 's': 0}
        self.loss = chance.choice((0, 0, .01, .05, .1, .2))
        self.copies = chance.choice((0, 0, 0, 0, .02))
        self.jitter = chance.choice((0, 0, 0, .01, .05))
        self.in_order = self.jitter == 0 or chance.random() < .6
        self.mtu = chance.choice((1500, 1500, 576, 1280, 9000))
        super().__init__(name, delay=chance.choice((.001, .005, .02, .05, .15)), **options)
        for end in 'cs':
            _ip('-n', self.names[end], 'link', 'set', 'eth0', 'mtu', str(self.mtu))
            _ip('-n', self.names['w'], 'link', 'set', end, 'mtu', str(self.mtu))

    def _pass(self, end, frame, other):
        self.macs[end] = frame[6:12]
        if frame[12:14] == b'\x08\x06':
            self.wires[other[end]].send(frame)
        elif frame[12:14] == b'\x08\x00' and frame[23] == TCP:
            for ip in self._cut(_with_checksum(frame[14:])):
                self._carry(end, frame[:14] + ip, other[end])

    def _carry(self, end, frame, to):
        times = 0 if self.chance.random() < self.loss else 2 if self.chance.random() < self.copies else 1
        for _ in range(times):
            at = time.time() + self.delay + self.chance.random() * self.jitter
            if self.in_order:
                at = self.last[end] = max(at, self.last[end])
            self.sent += 1
            with self.lock:
                heapq.heappush(self.later, (at, self.sent, to, frame))

    def _deliver(self, to, frame):
        self.wires[to].send(frame)

    def _cut(self, ip):
        if len(ip) <= self.mtu:
            return [ip]
        ihl = (ip[0] & 15) * 4
        head = len(ip) - Segment(ip).length
        most, first, parts = self.mtu - head, struct.unpack('!I', ip[ihl + 4:ihl + 8])[0], []
        for at in range(head, len(ip), most):
            part = bytearray(ip[:head] + ip[at:at + most])
            part[2:4] = struct.pack('!H', len(part))
            part[ihl + 4:ihl + 8] = struct.pack('!I', (first + at - head) % 2**32)
            if at + most < len(ip):
                part[ihl + 13] &= ~9  # FIN and PSH come with the last
            part[10:12] = b'\0\0'
            part[10:12] = struct.pack('!H', _checksum(bytes(part[:ihl])))
            parts.append(_with_checksum(bytes(part)))
        return parts


class Application(threading.Thread):
    """What a process does with a connection."""

    def __init__(self, s, chance, until):
        super().__init__(daemon=True)
        self.s, self.chance, self.until = s, chance, until

    def run(self):
        try:
            self._configure()
            for _ in range(self.chance.randint(0, 8)):
                if time.time() < self.until:
                    self._act(self.chance.random())
            self._end(self.chance.random())
        except OSError:
            if self.chance.random() < .5:
                self.s.close()

    def _configure(self):
        s, chance = self.s, self.chance
        s.settimeout(chance.choice((.3, 1, 3)))
        for share, level, name, value in (
            (.2, TCP, socket.TCP_NODELAY, 1), (.1, TCP, socket.TCP_CORK, 1),
            (.1, socket.SOL_SOCKET, socket.SO_RCVBUF, chance.choice((2048, 4096))),
            (.1, TCP, socket.TCP_USER_TIMEOUT, chance.choice((500, 1500))),
            (.1, TCP, socket.TCP_LINGER2, chance.choice((-1, 1))),
            (.2, socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, chance.choice((0, 0, 1)))),
        ):
            if chance.random() < share:
                s.setsockopt(level, name, value)
        if chance.random() < .15:
            s.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            for name, value in ((socket.TCP_KEEPIDLE, 1), (socket.TCP_KEEPINTVL, 1), (socket.TCP_KEEPCNT, 2)):
                s.setsockopt(TCP, name, value)

    def _act(self, what):
        if what < .35:
            self.s.send(os.urandom(self.chance.choice((1, 5, 100, 1000, 1460, 3000, 20000, 60000))))
        elif what < .65:
            try:
                self.s.recv(self.chance.choice((1, 100, 5000, 100000)))
            except socket.timeout:
                pass
        elif what < .75:
            self.s.shutdown(self.chance.choice((socket.SHUT_RD, socket.SHUT_WR, socket.SHUT_WR, socket.SHUT_RDWR)))
        elif what < .8:
            self.s.send(b'x', socket.MSG_OOB)
        else:
            time.sleep(self.chance.choice((.01, .05, .3, 1)))

    def _end(self, what):
        if what < .15:
            return
        if what < .4:
            self.s.shutdown(socket.SHUT_WR)
            self.s.settimeout(1.5)
            while self.s.recv(65536):
                pass
        self.s.close()


def settings(chance):
    return {name: chance.choice(values) for name, (share, *values) in SETTINGS.items() if chance.random() < share}


def serve(listener, chance, until):
    slow, leaves = chance.choice((0, 0, 0, .2, 1, 5)), chance.random() < .15
    while time.time() < until:
        try:
            s, _ = listener.accept()
        except socket.timeout:
            if leaves and time.time() > until - 2:
                return listener.close()
            continue
        Application(s, random.Random(chance.random()), until).start()
        time.sleep(slow)


def call(lab, one_at_a_time, seed, until):
    chance = random.Random(seed)
    time.sleep(chance.random() * chance.choice((0, 1, 3)))
    try:
        port = chance.choice((None, 40000 + chance.randint(0, 30), 40000 + chance.randint(0, 3)))
        with one_at_a_time:
            s = lab.socket('c', port)
        if chance.random() < .1:
            s.setsockopt(TCP, socket.TCP_SYNCNT, chance.choice((1, 2)))
        s.settimeout(chance.choice((.5, 2, 6)))
        s.connect((SERVER, 81 if chance.random() < .05 else 80))
    except OSError:
        return
    Application(s, chance, until).run()


def record(seed, file):
    chance = random.Random(seed)
    both = settings(chance)
    lab = Wire(f'wild-{os.getpid()}', chance, sysctls=both, client_sysctls=both if chance.random() < .6 else {'tcp_sack': 1})
    taps = [
        subprocess.Popen(['ip', 'netns', 'exec', lab.names[end], 'tcpdump', '-i', 'eth0', '-U', '-s', '120', '-w',
                          f'{file}-{name}.pcap', 'tcp'], stderr=subprocess.DEVNULL)
        for end, name in (('c', 'client'), ('s', 'server'))
    ]
    try:
        time.sleep(1)
        listener = lab.listener(backlog=chance.choice((0, 1, 2, 8, 8, 64)))
        if chance.random() < .15:
            listener.setsockopt(TCP, socket.TCP_DEFER_ACCEPT, chance.choice((1, 2, 5)))
        listener.settimeout(.5)
        until, one_at_a_time = time.time() + chance.choice(SECONDS), threading.Lock()
        threads = [threading.Thread(target=serve, args=(listener, random.Random(seed + 7), until), daemon=True)]
        threads += [
            threading.Thread(target=call, args=(lab, one_at_a_time, seed * 1000 + i, until), daemon=True)
            for i in range(chance.choice((1, 2, 4, 10, 25)))
        ]
        for thread in threads:
            thread.start()
        time.sleep(until - time.time() + chance.choice((.3, 2)))
    finally:
        lab.stopped = True
        lab.thread.join()
        for tap in taps:
            tap.terminate()
            tap.wait()
        lab.remove()


if __name__ == '__main__':
    if os.geteuid() != 0:
        sys.exit('wild.py: SKIPPED, nothing was recorded: it needs root to make network namespaces')
    if len(sys.argv) != 3 or not sys.argv[1].isdigit():
        sys.exit('wild.py: give a seed (a number) and the file to write, without -client.pcap')
    record(int(sys.argv[1]), sys.argv[2])
    os._exit(0)  # threads that wait for ever
