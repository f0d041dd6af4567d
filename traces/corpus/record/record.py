"""Records the captures of the diagnoses: `python3 record.py [name…]`, as root, on Linux. Writes ../diagnosis/NAME.pcap."""
import os
import socket
import struct
import threading
import time

from lab import CLIENT, SERVER, Lab, chosen, vanish

TCP = socket.IPPROTO_TCP
LOSE_ALL = lambda end, segment: True


def connect_fails(lab, port, seconds):
    s = lab.socket('c', port)
    s.settimeout(seconds)
    try:
        s.connect((SERVER, 80))
    except OSError:
        pass
    return s


def third_ack_lost(lab):
    lost = []
    lab.drop = lambda end, s: end == 'c' and s.flags == '.' and not lost and not lost.append(s)
    _, client, server = lab.pair()
    time.sleep(1.5)
    client.close()
    time.sleep(0.2)
    server.close()


def syn_accept_queue(lab):
    lab.keep = [lab.listener(0)]
    lab.keep += [connect_fails(lab, 40000 + i, 2.5) for i in range(2)]


def syn_queue(lab):
    lab.keep = [lab.listener(4)]
    lab.keep.append(connect_fails(lab, 40000, 1))
    for i in range(6):
        lab.inject('s', 'S', 1000 * i, source=f'10.9.0.{i + 1}', sport=50000 + i)
    time.sleep(0.1)
    lab.keep.append(connect_fails(lab, 40001, 2.5))


def syn_path(lab):
    lab.keep = [lab.listener()]
    lab.drop = LOSE_ALL
    lab.keep.append(connect_fails(lab, 40000, 3.5))


def cookies(lab):
    listener = lab.listener()
    for i in range(2):
        client = lab.socket('c', 40000 + i)
        client.connect((SERVER, 80))
        server, _ = listener.accept()
        client.close()
        time.sleep(0.1)
        server.close()


def listener_gone(lab):
    listener = lab.listener()
    lab.drop = lambda end, s: end == 'c' and s.flags == '.'
    client = lab.socket('c', 40000)
    client.connect((SERVER, 80))
    time.sleep(0.1)
    listener.close()
    lab.drop = lambda end, s: False
    client.send(b'hello')
    time.sleep(0.3)
    connect_fails(lab, 40001, 1)


def queued_child_gone(lab):
    listener = lab.listener()
    client = lab.socket('c', 40000)
    client.connect((SERVER, 80))
    time.sleep(0.2)
    listener.close()
    time.sleep(0.2)


def refused(lab):
    connect_fails(lab, 40000, 1)


def reboot(lab):
    listener, client, server = lab.pair()
    vanish(server)
    client.send(b'hello')
    time.sleep(0.3)


def orphan(lab):
    _, client, server = lab.pair()
    lab.drop = lambda end, s: end == 'c'
    client.close()
    time.sleep(4)
    lab.drop = lambda end, s: False
    server.send(b'hello')
    time.sleep(0.3)


def fin_wait2(lab):
    _, client, server = lab.pair()
    client.close()
    time.sleep(3)
    server.close()
    time.sleep(0.3)


def data_after_close(lab):
    _, client, server = lab.pair()
    client.close()
    time.sleep(0.2)
    server.send(b'hello')
    time.sleep(0.3)


def unread(lab):
    _, client, server = lab.pair()
    client.send(b'hello')
    time.sleep(0.3)
    server.close()
    time.sleep(0.2)


def assassination(lab):
    _, client, server = lab.pair()
    server.send(b'hello')
    time.sleep(0.2)
    old = next(s for e, s in lab.seen if e == 's' and s.length > 0)
    client.recv(10)
    client.close()
    time.sleep(0.2)
    server.close()
    time.sleep(0.3)
    lab.inject('c', 'P.', old.seq, old.ack, b'hello', sport=80, dport=40000, options=b'\1\1' + old.options[-10:])
    time.sleep(0.3)


def paws(lab):
    _, client, server = lab.pair()
    client.send(b'hello')
    time.sleep(0.2)
    value, echo = lab.last('c').timestamp
    ack = lab.last('s').seq
    seq = lab.last('s').ack
    options = b'\1\1\x08\x0a' + struct.pack('!II', value - 100000, echo)
    lab.inject('s', 'P.', seq, ack, b'again', options=options)
    time.sleep(0.2)
    client.close()
    time.sleep(0.2)
    server.recv(100)
    server.close()


def keepalive(lab):
    _, client, server = lab.pair()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for option, value in ((socket.TCP_KEEPIDLE, 1), (socket.TCP_KEEPINTVL, 1), (socket.TCP_KEEPCNT, 3)):
        client.setsockopt(TCP, option, value)
    lab.drop = LOSE_ALL
    time.sleep(6)


def user_timeout(lab):
    _, client, server = lab.pair()
    client.setsockopt(TCP, socket.TCP_USER_TIMEOUT, 2000)
    lab.drop = lambda end, s: end == 'c' and 'R' not in s.flags
    client.send(b'hello')
    time.sleep(2.7)
    server.send(b'hello')
    time.sleep(0.3)


def retries2(lab):
    _, client, server = lab.pair()
    lab.drop = lambda end, s: end == 'c' and 'R' not in s.flags
    client.send(b'hello')
    time.sleep(5)
    server.send(b'hello')
    time.sleep(0.3)


def zero_window(lab):
    listener = lab.listener()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    client = lab.socket('c', 40000)
    client.connect((SERVER, 80))
    server, _ = listener.accept()
    lab.keep = [client, server]
    client.setblocking(False)
    for _ in range(12):
        try:
            client.send(b'x' * 1000)
        except OSError:
            pass
        time.sleep(0.1)
    time.sleep(3)


def vanished(lab):
    _, client, server = lab.pair()
    client.send(b'hello')
    time.sleep(0.2)
    lab.drop = LOSE_ALL
    time.sleep(0.5)
    client.send(b'hello')
    time.sleep(4)


def simultaneous_open(lab):
    a, b = lab.socket('c', 40000), lab.socket('s', 80)
    lab.socket('s').close()
    threads = [threading.Thread(target=s.connect, args=((to, port),)) for s, to, port in ((a, SERVER, 80), (b, CLIENT, 40000))]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    time.sleep(0.3)
    a.close()
    time.sleep(0.3)
    b.close()


def simultaneous_close(lab):
    _, client, server = lab.pair()
    client.close()
    server.close()
    time.sleep(0.5)


def split_handshake(lab):
    listener = lab.listener()
    lab.drop = lambda end, s: True
    client = lab.socket('c', 40000)
    client.setblocking(False)
    client.connect_ex((SERVER, 80))
    time.sleep(0.2)
    iss = next(s for e, s in lab.seen if e == 'c').seq
    back = {'sport': 80, 'dport': 40000}
    lab.inject('c', '.', 7000, iss + 1, **back)
    time.sleep(0.05)
    lab.inject('c', 'S', 7000, **back)
    time.sleep(0.2)
    lab.inject('c', '.', 7001, iss + 1, **back)
    time.sleep(0.2)
    client.close()
    time.sleep(0.1)


def syn_flood(lab):
    lab.keep = [lab.listener(64)]
    connect_fails(lab, 40000, 1).close()
    for i in range(24):
        lab.inject('s', 'S', 1000 * i, source=f'10.9.0.{i + 1}', sport=50000 + i)
        time.sleep(0.01)
    time.sleep(0.2)


def port_scan(lab):
    lab.keep = [lab.listener()]
    connect_fails(lab, 40000, 1).close()
    for i in range(16):
        lab.inject('s', 'S', 1000 * i, sport=50000, dport=79 + i)
        time.sleep(0.01)
    time.sleep(0.2)


SCENARIOS = {
    'third-ack-lost': (third_ack_lost, {'tap': 'server'}),
    'syn-dropped-accept-queue': (syn_accept_queue, {'tap': 'server', 'sysctls': {'tcp_syncookies': 0}}),
    'syn-dropped-syn-queue': (syn_queue, {'tap': 'server', 'sysctls': {'tcp_syncookies': 0, 'tcp_max_syn_backlog': 4}}),
    'syn-dropped-path': (syn_path, {}),
    'cookie-handshake': (cookies, {'sysctls': {'tcp_syncookies': 2}, 'client_sysctls': {'tcp_timestamps': 0}}),
    'listener-gone': (listener_gone, {'tap': 'server'}),
    'queued-child-gone': (queued_child_gone, {}),
    'refused': (refused, {}),
    'half-open-reboot': (reboot, {}),
    'orphan-give-up': (orphan, {'client_sysctls': {'tcp_orphan_retries': 2}}),
    'fin-wait2-timeout': (fin_wait2, {'client_sysctls': {'tcp_fin_timeout': 1}}),
    'data-after-close': (data_after_close, {}),
    'unread-data': (unread, {}),
    'time-wait-assassination': (assassination, {}),
    'paws-drop': (paws, {'tap': 'server'}),
    'keepalive-death': (keepalive, {}),
    'user-timeout': (user_timeout, {}),
    'retransmission-give-up': (retries2, {'client_sysctls': {'tcp_retries2': 3}}),
    'zero-window': (zero_window, {}),
    'peer-vanished': (vanished, {}),
    'simultaneous-open': (simultaneous_open, {'delay': 0.2}),
    'simultaneous-close': (simultaneous_close, {'delay': 0.1}),
    'split-handshake': (split_handshake, {}),
    'syn-flood': (syn_flood, {'tap': 'server', 'sysctls': {'tcp_syncookies': 0}}),
    'port-scan': (port_scan, {'tap': 'server'}),
}


def record(name, folder):
    scenario, options = SCENARIOS[name]
    lab = Lab(f'{os.getpid()}{list(SCENARIOS).index(name)}', **options)
    try:
        learn_addresses(lab)
        scenario(lab)
        lab.close(os.path.join(folder, f'{name}.pcap'))
        print(f'{name}: {len(lab.records)} packets')
    finally:
        lab.remove()


def learn_addresses(lab):
    """ARP before the recording, so that no loss is a loss of ARP."""
    s = lab.socket('c')
    s.settimeout(1)
    try:
        s.connect((SERVER, 9))
    except OSError:
        pass
    time.sleep(3 * lab.delay)
    lab.seen.clear()
    lab.records.clear()


if __name__ == '__main__':
    target = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'diagnosis')
    os.makedirs(target, exist_ok=True)
    for each in chosen(SCENARIOS):
        record(each, target)
