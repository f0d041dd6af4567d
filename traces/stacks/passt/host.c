/*
 * passt, which has a TCP of its own for virtual machines, behind the packet pipe. The suite is the guest; what it opens to the gateway
 * passt hands on to sockets of the loopback, where the services are. It is not called back: the service dial is missing.
 * Debian: apt-get install passt iproute2, then
 *   gcc -O2 -o passt-host host.c
 *   halfopen conform pipe:./passt-host
 */
#include "../services.h"
#include "../pipe.h"
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>

enum { ETHERNET = 14, LENGTH = 4 };

static const uint8_t GUEST[6] = {0x02, 0, 0, 0, 0, 1};
static uint8_t gateway[6] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff};
static struct in_addr tester, address;
static int passt;
static pid_t process;

/* Without its guest passt would wait for ever, and use a whole processor. */
static void ends_passt(void) {
  if (process > 0) kill(process, SIGKILL);
}

static void terminated(int signal) {
  (void)signal;
  ends_passt();
  _exit(0);
}

static void to_passt(const uint8_t *frame, size_t n) {
  static uint8_t whole[LENGTH + ETHERNET + 65535];
  const uint32_t size = htonl((uint32_t)n);
  memcpy(whole, &size, LENGTH);
  memcpy(whole + LENGTH, frame, n);
  if (write(passt, whole, LENGTH + n) < 0) exit(0);
}

/* One of the two kinds: asking for the gateway, or answering it. */
static void arp(int kind, const uint8_t *to) {
  uint8_t frame[42] = {0};
  memcpy(frame, to, 6);
  memcpy(frame + 6, GUEST, 6);
  memcpy(frame + 12, (uint8_t[]){8, 6, 0, 1, 8, 0, 6, 4, 0, (uint8_t)kind}, 10);
  memcpy(frame + 22, GUEST, 6);
  memcpy(frame + 28, &tester, 4);
  if (kind == 2) memcpy(frame + 32, to, 6);
  memcpy(frame + 38, &address, 4);
  to_passt(frame, sizeof frame);
}

static void from_passt(const uint8_t *f, size_t n) {
  if (n >= 42 && f[12] == 8 && f[13] == 6) {
    memcpy(gateway, f + 6, 6);
    if (f[21] == 1 && memcmp(f + 38, &tester, 4) == 0) arp(2, f + 6);
  } else if (n > ETHERNET && f[12] == 8 && f[13] == 0)
    pipe_write(f + ETHERNET, (size_t)f[ETHERNET + 2] << 8 | f[ETHERNET + 3]);
}

static void from_pipe(const uint8_t *packet, size_t n) {
  static uint8_t frame[ETHERNET + 65535];
  memcpy(frame, gateway, 6);
  memcpy(frame + 6, GUEST, 6);
  frame[12] = 8, frame[13] = 0;
  memcpy(frame + ETHERNET, packet, n);
  to_passt(frame, ETHERNET + n);
}

/* passt takes its addresses from the interface of the default route: a veth that leads nowhere. */
static void begins_passt(const char *own, const char *guest) {
  char commands[512], fd[16];
  int pair[2];
  snprintf(commands, sizeof commands,
           "ip link add v0 type veth peer name v1 && ip addr add 192.0.2.1/24 dev v0 && ip link set v0 up && "
           "ip link set v1 up && ip route add default via 192.0.2.2 dev v0");
  if (system(commands) != 0) exit(1);
  if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0) exit(1);
  passt = pair[0];
  process = fork();
  if (process < 0) exit(1);
  if (process > 0) {
    close(pair[1]);
    atexit(ends_passt);
    signal(SIGTERM, terminated);
    return;
  }
  close(pair[0]);
  close(0), close(1);
  snprintf(fd, sizeof fd, "%d", pair[1]);
  execlp("passt", "passt", "-f", "-q", "-4", "-F", fd, "-a", guest, "-n", "24", "-g", own, "--runas", "0", "--no-dhcp",
         "--no-ndp", "--no-ra", "--no-dhcpv6", NULL);
  perror("passt");
  exit(1);
}

int main(void) {
  static uint8_t packet[65535], frame[ETHERNET + 65535];
  const char *own = pipe_environment("CONFORM_ADDRESS", "10.0.0.2"), *guest = pipe_environment("CONFORM_TESTER", "10.0.0.1");
  inet_aton(own, &address);
  inet_aton(guest, &tester);
  services_namespace();
  services_begin(NULL);
  begins_passt(own, guest);
  arp(1, gateway);
  for (struct pollfd fds[2] = {{0, POLLIN, 0}, {passt, POLLIN, 0}};;) {
    if (poll(fds, 2, 2) < 0) return 1;
    if (fds[1].revents) {
      uint32_t size;
      if (!pipe_read_all(passt, (uint8_t *)&size, LENGTH)) return 1;
      if ((size = ntohl(size)) > sizeof frame || !pipe_read_all(passt, frame, size)) return 1;
      from_passt(frame, size);
    }
    if (fds[0].revents) {
      const size_t n = pipe_read(packet);
      if (n == 0) return 0;
      from_pipe(packet, n);
    }
    services_turn();
  }
}
