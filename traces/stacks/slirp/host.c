/*
 * libslirp, the TCP of 4.4BSD that virtual machines have, behind the packet pipe. The suite is the guest; what it opens to the host's
 * address libslirp hands on to sockets of the loopback, where the services are.
 * Debian: apt-get install libslirp-dev, then
 *   gcc -O2 -o slirp-host host.c -lslirp
 *   halfopen conform pipe:./slirp-host
 */
#include "../services.h"
#include "../pipe.h"
#include <poll.h>
#include <slirp/libslirp.h>
#include <time.h>

enum { ETHERNET = 14, PENDING = 64, FORWARDED = 30000, MAX_FDS = 4096 };

static const uint8_t GUEST[6] = {0x02, 0, 0, 0, 0, 1};
static const uint8_t HOST[6] = {0x52, 0x55, 10, 0, 0, 2};
static Slirp *slirp;
static struct in_addr tester;
static struct pollfd fds[MAX_FDS];
static int used;

/* Ports from which the service dial was called and that it has not called back yet. */
static int callers[PENDING];
static unsigned called, answered;

static int64_t clock_ns(void *opaque) {
  struct timespec t;
  (void)opaque;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

/* Who asks for the guest by ARP gets our address. */
static void answers_arp(const uint8_t *frame) {
  uint8_t arp[42];
  memcpy(arp, frame, sizeof arp);
  memcpy(arp, frame + 6, 6);
  memcpy(arp + 6, GUEST, 6);
  arp[21] = 2;
  memcpy(arp + 22, GUEST, 6);
  memcpy(arp + 28, frame + 38, 4);
  memcpy(arp + 32, frame + 22, 10);
  slirp_input(slirp, arp, sizeof arp);
}

static ssize_t to_pipe(const void *frame, size_t n, void *opaque) {
  const uint8_t *f = frame;
  (void)opaque;
  if (n >= 42 && f[12] == 8 && f[13] == 6 && f[21] == 1 && memcmp(f + 38, &tester, 4) == 0) answers_arp(f);
  else if (n > ETHERNET && f[12] == 8 && f[13] == 0) pipe_write(f + ETHERNET, (size_t)f[ETHERNET + 2] << 8 | f[ETHERNET + 3]);
  return (ssize_t)n;
}

static void from_pipe(const uint8_t *packet, size_t n) {
  static uint8_t frame[ETHERNET + 65535];
  const size_t tcp = (size_t)(packet[0] & 15) * 4;
  memcpy(frame, HOST, 6);
  memcpy(frame + 6, GUEST, 6);
  frame[12] = 8, frame[13] = 0;
  memcpy(frame + ETHERNET, packet, n);
  if (n >= tcp + 20 && (packet[tcp + 2] << 8 | packet[tcp + 3]) == DIAL && packet[tcp + 13] == 2)
    callers[called++ % PENDING] = packet[tcp] << 8 | packet[tcp + 1];
  slirp_input(slirp, frame, (int)(ETHERNET + n));
}

/* By a port of the host that is forwarded to the guest's. */
static int dials(void) {
  static int next = FORWARDED;
  struct in_addr loopback = {htonl(INADDR_LOOPBACK)};
  if (answered == called) return -1;
  const int to = callers[answered++ % PENDING] + 1, port = next++;
  if (slirp_add_hostfwd(slirp, 0, loopback, port, tester, to) != 0) return -1;
  struct sockaddr_in a = services_loopback(port);
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  if (connect(fd, (struct sockaddr *)&a, sizeof a) != 0 && errno != EINPROGRESS) perror("dial");
  return fd;
}

static int adds(int fd, int events, void *opaque) {
  short e = 0;
  (void)opaque;
  if (used == MAX_FDS) return -1;
  if (events & SLIRP_POLL_IN) e |= POLLIN;
  if (events & SLIRP_POLL_OUT) e |= POLLOUT;
  if (events & SLIRP_POLL_PRI) e |= POLLPRI;
  fds[used] = (struct pollfd){fd, e, 0};
  return used++;
}

static int got(int i, void *opaque) {
  const short e = i < 0 ? 0 : fds[i].revents;
  (void)opaque;
  return (e & POLLIN ? SLIRP_POLL_IN : 0) | (e & POLLOUT ? SLIRP_POLL_OUT : 0) | (e & POLLPRI ? SLIRP_POLL_PRI : 0) |
         (e & POLLERR ? SLIRP_POLL_ERR : 0) | (e & POLLHUP ? SLIRP_POLL_HUP : 0);
}

static void guest_error(const char *message, void *opaque) { (void)message, (void)opaque; }
static void *timer_new(SlirpTimerCb callback, void *of, void *opaque) { return (void)callback, (void)of, (void)opaque, malloc(1); }
static void timer_free(void *timer, void *opaque) { (void)opaque, free(timer); }
static void timer_mod(void *timer, int64_t at, void *opaque) { (void)timer, (void)at, (void)opaque; }
static void no_fd(int fd, void *opaque) { (void)fd, (void)opaque; }
static void no_notice(void *opaque) { (void)opaque; }

int main(void) {
  static uint8_t packet[65535];
  const SlirpCb callbacks = {
      .send_packet = to_pipe, .guest_error = guest_error, .clock_get_ns = clock_ns, .timer_new = timer_new,
      .timer_free = timer_free, .timer_mod = timer_mod, .register_poll_fd = no_fd, .unregister_poll_fd = no_fd,
      .notify = no_notice};
  SlirpConfig config = {.version = 1, .in_enabled = true};
  services_namespace();
  inet_aton(pipe_environment("CONFORM_ADDRESS", "10.0.0.2"), &config.vhost);
  inet_aton(pipe_environment("CONFORM_TESTER", "10.0.0.1"), &tester);
  config.vnetmask.s_addr = htonl(0xffffff00);
  config.vnetwork.s_addr = config.vhost.s_addr & config.vnetmask.s_addr;
  config.vdhcp_start.s_addr = config.vnetwork.s_addr | htonl(100);
  config.vnameserver.s_addr = config.vnetwork.s_addr | htonl(3);
  slirp = slirp_new(&config, &callbacks, NULL);
  services_begin(dials);
  for (;;) {
    uint32_t timeout = 2;
    used = 0;
    const int input = adds(0, SLIRP_POLL_IN, NULL);
    slirp_pollfds_fill(slirp, &timeout, adds, NULL);
    const int failed = poll(fds, (nfds_t)used, (int)(timeout < 2 ? timeout : 2)) < 0;
    slirp_pollfds_poll(slirp, failed, got, NULL);
    if (!failed && fds[input].revents) {
      const size_t n = pipe_read(packet);
      if (n == 0) return 0;
      from_pipe(packet, n);
    }
    services_turn();
  }
}
