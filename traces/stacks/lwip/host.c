/*
 * lwIP behind the packet pipe, with the services of the suite, on lwIP's raw API.
 * Debian: apt-get install liblwip-dev, then
 *   gcc -O2 -o lwip-host host.c $(pkg-config --cflags --libs lwip) -lpthread
 *   halfopen conform pipe:./lwip-host --msl 60
 */
#include "../pipe.h"
#include <lwip/init.h>
#include <lwip/ip4_addr.h>
#include <lwip/netif.h>
#include <lwip/pbuf.h>
#include <lwip/tcp.h>
#include <lwip/tcpip.h>
#include <string.h>

enum { ECHO = 7, DISCARD = 9, DAYTIME = 13, CHARGEN = 19, HOLD = 1009, HALF = 1010, ABORT = 1012, UNREAD = 1013, DIAL = 1014 };
static const u16_t PORTS[] = {ECHO, DISCARD, DAYTIME, CHARGEN, HOLD, HALF, ABORT, UNREAD, DIAL};

static const char LINE[] = "a line of the day\r\n";
static const char MUCH[1460] = {0};

static err_t to_pipe(struct netif *n, struct pbuf *p, const ip4_addr_t *to) {
  static uint8_t packet[65535];
  (void)n, (void)to;
  pbuf_copy_partial(p, packet, p->tot_len, 0);
  pipe_write(packet, p->tot_len);
  return ERR_OK;
}

static err_t begins(struct netif *n) {
  n->name[0] = 'p', n->name[1] = 'i';
  n->mtu = 1500;
  n->output = to_pipe;
  n->flags |= NETIF_FLAG_LINK_UP;
  return ERR_OK;
}

static void writes_much(struct tcp_pcb *pcb) {
  while (tcp_sndbuf(pcb) >= sizeof MUCH && tcp_write(pcb, MUCH, sizeof MUCH, 0) == ERR_OK) {}
  tcp_output(pcb);
}

static void writes_back(struct tcp_pcb *pcb, struct pbuf *p) {
  for (struct pbuf *q = p; q != NULL; q = q->next) tcp_write(pcb, q->payload, q->len, TCP_WRITE_FLAG_COPY);
  tcp_output(pcb);
}

static err_t received(void *arg, struct tcp_pcb *pcb, struct pbuf *p, err_t err) {
  const uintptr_t service = (uintptr_t)arg;
  (void)err;
  if (p == NULL) return service == HOLD ? ERR_OK : tcp_close(pcb);
  if (service == ECHO) writes_back(pcb, p);
  if (service != HOLD && service != UNREAD) tcp_recved(pcb, p->tot_len); /* read: the window opens again */
  pbuf_free(p);
  if (service == UNREAD) return tcp_close(pcb);
  if (service != ABORT) return ERR_OK;
  tcp_abort(pcb);
  return ERR_ABRT;
}

static err_t sent(void *arg, struct tcp_pcb *pcb, u16_t n) {
  (void)n;
  if ((uintptr_t)arg == CHARGEN) writes_much(pcb);
  return ERR_OK;
}

static err_t connected(void *arg, struct tcp_pcb *pcb, err_t err) {
  (void)arg, (void)pcb, (void)err;
  return ERR_OK;
}

static void dials(struct tcp_pcb *from) {
  struct tcp_pcb *pcb = tcp_new();
  if (pcb == NULL) return;
  tcp_arg(pcb, (void *)(uintptr_t)DISCARD);
  tcp_recv(pcb, received);
  tcp_connect(pcb, &from->remote_ip, (u16_t)(from->remote_port + 1), connected);
}

static err_t accepted(void *arg, struct tcp_pcb *pcb, err_t err) {
  const uintptr_t service = (uintptr_t)arg;
  if (err != ERR_OK || pcb == NULL) return ERR_VAL;
  tcp_arg(pcb, arg);
  tcp_recv(pcb, received);
  tcp_sent(pcb, sent);
  if (service == CHARGEN) writes_much(pcb);
  if (service == HALF) tcp_shutdown(pcb, 0, 1);
  if (service == DIAL) dials(pcb);
  if (service == DAYTIME) {
    tcp_write(pcb, LINE, sizeof LINE - 1, 0);
    return tcp_close(pcb);
  }
  return ERR_OK;
}

static void serves(void *unused) {
  (void)unused;
  for (size_t i = 0; i < sizeof PORTS / sizeof *PORTS; i++) {
    struct tcp_pcb *pcb = tcp_new();
    tcp_bind(pcb, IP_ADDR_ANY, PORTS[i]);
    pcb = tcp_listen(pcb);
    tcp_arg(pcb, (void *)(uintptr_t)PORTS[i]);
    tcp_accept(pcb, accepted);
  }
}

int main(void) {
  static struct netif pipe_end;
  static uint8_t packet[65535];
  ip4_addr_t address, mask, tester;
  tcpip_init(NULL, NULL);
  ip4addr_aton(pipe_environment("CONFORM_ADDRESS", "10.0.0.2"), &address);
  ip4addr_aton(pipe_environment("CONFORM_TESTER", "10.0.0.1"), &tester);
  ip4addr_aton("255.255.255.0", &mask);
  LOCK_TCPIP_CORE();
  netif_add(&pipe_end, &address, &mask, &tester, NULL, begins, tcpip_input);
  netif_set_default(&pipe_end);
  netif_set_up(&pipe_end);
  serves(NULL);
  UNLOCK_TCPIP_CORE();
  for (size_t n; (n = pipe_read(packet)) > 0;) {
    struct pbuf *p = pbuf_alloc(PBUF_RAW, (u16_t)n, PBUF_RAM);
    if (p == NULL) continue;
    pbuf_take(p, packet, (u16_t)n);
    if (pipe_end.input(p, &pipe_end) != ERR_OK) pbuf_free(p);
  }
  return 0;
}
