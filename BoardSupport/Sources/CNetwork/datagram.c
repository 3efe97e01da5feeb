/* The one UDP socket, over lwIP's raw interface. */
#include "CNetwork.h"

#if __has_include("lwip/udp.h")

#include "lwip/udp.h"

static struct udp_pcb *socket;
/* The latest datagram: a time server sends one, and a second one is no better. */
static struct pbuf *arrived;

static void on_received(void *argument, struct udp_pcb *pcb, struct pbuf *buffer,
                        const ip_addr_t *address, u16_t port) {
  (void)argument;
  (void)pcb;
  (void)address;
  (void)port;
  /* lwIP hands out what comes from the connected peer alone. */
  if (arrived != NULL) pbuf_free(arrived);
  arrived = buffer;
}

int32_t network_datagram_open(const uint8_t address[4], uint16_t port) {
  network_datagram_close();
  socket = udp_new();
  if (socket == NULL) return NETWORK_EXHAUSTED;
  udp_recv(socket, on_received, NULL);
  ip_addr_t peer;
  IP4_ADDR(&peer, address[0], address[1], address[2], address[3]);
  /* Private ports from 49152 on, drawn anew for each socket (RFC 9109). */
  u16_t local = (u16_t)(49152 + board_random() % 16384);
  if (udp_bind(socket, IP4_ADDR_ANY, local) != ERR_OK ||
      udp_connect(socket, &peer, port) != ERR_OK) {
    network_datagram_close();
    return NETWORK_EXHAUSTED;
  }
  return NETWORK_OK;
}

int32_t network_datagram_send(const uint8_t *bytes, size_t size) {
  if (socket == NULL) return NETWORK_CLOSED;
  struct pbuf *buffer = pbuf_alloc(PBUF_TRANSPORT, (u16_t)size, PBUF_RAM);
  if (buffer == NULL) return NETWORK_OK;
  pbuf_take(buffer, bytes, (u16_t)size);
  err_t error = udp_send(socket, buffer);
  pbuf_free(buffer);
  return error == ERR_RTE ? NETWORK_UNREACHABLE : NETWORK_OK;
}

int32_t network_datagram_receive(uint8_t *bytes, size_t size) {
  if (socket == NULL) return NETWORK_CLOSED;
  if (arrived == NULL) return 0;
  int count = pbuf_copy_partial(arrived, bytes, (u16_t)size, 0);
  pbuf_free(arrived);
  arrived = NULL;
  return count;
}

void network_datagram_close(void) {
  if (arrived != NULL) pbuf_free(arrived);
  arrived = NULL;
  if (socket != NULL) udp_remove(socket);
  socket = NULL;
}

#endif
