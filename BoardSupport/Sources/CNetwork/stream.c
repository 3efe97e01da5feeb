/* The one TCP connection, over lwIP's raw interface.
 *
 * What arrives stays in lwIP's buffers until it is read, and only then the window opens again: a
 * peer cannot send more than there is room for.
 */
#include "CNetwork.h"

#if __has_include("lwip/tcp.h")

#include "lwip/tcp.h"

static struct tcp_pcb *connection;
static struct pbuf *arrived;
/* How much of the first buffer in `arrived` was read. */
static u16_t read_offset;
static int state = NETWORK_CLOSED;

static int reason(err_t error) {
  switch (error) {
    case ERR_OK: return NETWORK_OK;
    case ERR_RST: return NETWORK_REFUSED;
    case ERR_CLSD: return NETWORK_CLOSED;
    case ERR_MEM:
    case ERR_BUF:
    case ERR_USE: return NETWORK_EXHAUSTED;
    default: return NETWORK_UNREACHABLE;
  }
}

static void drop_arrived(void) {
  if (arrived != NULL) pbuf_free(arrived);
  arrived = NULL;
  read_offset = 0;
}

static err_t on_connected(void *argument, struct tcp_pcb *pcb, err_t error) {
  (void)argument;
  (void)pcb;
  state = reason(error);
  return ERR_OK;
}

static err_t on_received(void *argument, struct tcp_pcb *pcb, struct pbuf *buffer, err_t error) {
  (void)argument;
  (void)pcb;
  if (buffer == NULL) {
    /* The peer has sent everything; what lies in `arrived` can still be read. */
    state = NETWORK_CLOSED;
  } else if (error != ERR_OK) {
    pbuf_free(buffer);
  } else if (arrived == NULL) {
    arrived = buffer;
  } else {
    pbuf_cat(arrived, buffer);
  }
  return ERR_OK;
}

static void on_error(void *argument, err_t error) {
  (void)argument;
  /* lwIP has freed the connection already. A reset of an open connection is its end. */
  connection = NULL;
  state = state == NETWORK_OK && error == ERR_RST ? NETWORK_CLOSED : reason(error);
}

int32_t network_stream_connect(const uint8_t address[4], uint16_t port) {
  network_stream_close();
  connection = tcp_new();
  if (connection == NULL) return NETWORK_EXHAUSTED;
  tcp_nagle_disable(connection);
  tcp_recv(connection, on_received);
  tcp_err(connection, on_error);
  ip_addr_t peer;
  IP4_ADDR(&peer, address[0], address[1], address[2], address[3]);
  state = NETWORK_PENDING;
  err_t error = tcp_connect(connection, &peer, port, on_connected);
  if (error != ERR_OK) network_stream_close();
  return reason(error);
}

int32_t network_stream_state(void) {
  return state;
}

int32_t network_stream_write(const uint8_t *bytes, size_t size) {
  if (connection == NULL || state != NETWORK_OK) {
    return state == NETWORK_PENDING ? 0 : state;
  }
  size_t room = tcp_sndbuf(connection);
  u16_t count = (u16_t)(size < room ? size : room);
  if (count == 0) return 0;
  err_t error = tcp_write(connection, bytes, count, TCP_WRITE_FLAG_COPY);
  if (error == ERR_MEM) return 0;
  if (error != ERR_OK) return reason(error);
  tcp_output(connection);
  return count;
}

int32_t network_stream_read(uint8_t *bytes, size_t size) {
  if (arrived == NULL) return state == NETWORK_OK || state == NETWORK_PENDING ? 0 : state;
  u16_t wanted = (u16_t)(size < UINT16_MAX ? size : UINT16_MAX);
  u16_t count = pbuf_copy_partial(arrived, bytes, wanted, read_offset);
  read_offset += count;
  while (arrived != NULL && read_offset >= arrived->len) {
    struct pbuf *rest = arrived->next;
    read_offset -= arrived->len;
    if (rest != NULL) pbuf_ref(rest);
    pbuf_free(arrived);
    arrived = rest;
  }
  if (connection != NULL) tcp_recved(connection, count);
  return count;
}

void network_stream_close(void) {
  drop_arrived();
  state = NETWORK_CLOSED;
  if (connection == NULL) return;
  struct tcp_pcb *pcb = connection;
  connection = NULL;
  tcp_arg(pcb, NULL);
  tcp_recv(pcb, NULL);
  tcp_err(pcb, NULL);
  if (tcp_close(pcb) != ERR_OK) tcp_abort(pcb);
}

#endif
