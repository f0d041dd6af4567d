/*
 * The services of the suite on sockets of the loopback, for stacks that hand connections on to those of their host. They run in a
 * network namespace of their own: their ports are low, and nothing else is to be met there.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

enum { ECHO_ = 7, DISCARD = 9, DAYTIME = 13, CHARGEN = 19, HOLD = 1009, HALF = 1010, ABORT = 1012, UNREAD = 1013, DIAL = 1014 };
static const int PORTS[] = {ECHO_, DISCARD, DAYTIME, CHARGEN, HOLD, HALF, ABORT, UNREAD, DIAL};
enum { SERVICES = sizeof PORTS / sizeof *PORTS, MOST = 1000 };

struct connection {
  int fd, service;
  size_t owed;
};

static int listeners[SERVICES];
static struct connection connections[MOST];
static int open_connections;

/* Connects to the tester's next port; -1 where that is not possible. */
static int (*dial)(void);

static void services_namespace(void) {
  struct ifreq lo = {.ifr_name = "lo", .ifr_flags = IFF_UP | IFF_RUNNING};
  if (unshare(CLONE_NEWNET) != 0 && unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0) {
    perror("unshare");
    exit(1);
  }
  int fd = socket(AF_INET, SOCK_DGRAM, 0);
  if (ioctl(fd, SIOCSIFFLAGS, &lo) != 0) perror("lo");
  close(fd);
}

static struct sockaddr_in services_loopback(int port) {
  struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
  a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return a;
}

static void services_begin(int (*dials)(void)) {
  const int one = 1, small = 4096;
  dial = dials;
  for (int i = 0; i < SERVICES; i++) {
    struct sockaddr_in a = services_loopback(PORTS[i]);
    listeners[i] = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    setsockopt(listeners[i], SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (PORTS[i] == HOLD) setsockopt(listeners[i], SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
    if (bind(listeners[i], (struct sockaddr *)&a, sizeof a) != 0 || listen(listeners[i], 128) != 0) {
      perror("a service");
      exit(1);
    }
  }
}

static void services_keep(int fd, int service) {
  if (fd < 0) return;
  if (open_connections == MOST) {
    close(fd);
    return;
  }
  fcntl(fd, F_SETFL, O_NONBLOCK);
  connections[open_connections++] = (struct connection){fd, service, 0};
}

static void services_accept(int fd, int service) {
  static const char line[] = "a line of the day\r\n";
  const int one = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  if (service == DAYTIME) {
    if (write(fd, line, sizeof line - 1) < 0) perror("daytime");
    close(fd);
    return;
  }
  if (service == HALF) shutdown(fd, SHUT_WR);
  if (service == DIAL) services_keep(dial == NULL ? -1 : dial(), DISCARD);
  services_keep(fd, service);
}

/* 0 where the connection is over. */
static int services_serve(struct connection *c) {
  static char text[65536];
  const struct linger now = {1, 0};
  if (c->service == HOLD) return 1;
  if (c->service == ABORT || c->service == UNREAD) {
    if (recv(c->fd, text, 1, MSG_PEEK) < 0 && errno == EAGAIN) return 1;
    if (c->service == ABORT) setsockopt(c->fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    return 0;
  }
  if (c->service == CHARGEN)
    while (send(c->fd, text, 1460, MSG_NOSIGNAL) > 0) {}
  ssize_t got = recv(c->fd, text, sizeof text, 0);
  if (got > 0 && c->service == ECHO_) c->owed += (size_t)got;
  while (c->owed > 0) {
    ssize_t put = send(c->fd, text, c->owed < sizeof text ? c->owed : sizeof text, MSG_NOSIGNAL);
    if (put <= 0) break;
    c->owed -= (size_t)put;
  }
  return got > 0 || (got < 0 && (errno == EAGAIN || errno == ENOTCONN));
}

/* Accepts, reads, writes and closes what there is. */
static void services_turn(void) {
  for (int i = 0; i < SERVICES; i++)
    for (int fd; (fd = accept4(listeners[i], NULL, NULL, SOCK_NONBLOCK)) >= 0;) services_accept(fd, PORTS[i]);
  for (int i = 0; i < open_connections; i++) {
    if (services_serve(&connections[i])) continue;
    close(connections[i].fd);
    connections[i--] = connections[--open_connections];
  }
}
