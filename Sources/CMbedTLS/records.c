#include "contexts.h"

#if SWIFTLET_HAS_LIBRARY

#include <string.h>

size_t swiftlet_pipe_count(const swiftlet_pipe *pipe) { return pipe->end - pipe->start; }

size_t swiftlet_pipe_room(const swiftlet_pipe *pipe) {
  return SWIFTLET_PIPE_CAPACITY - swiftlet_pipe_count(pipe);
}

/* Moves the content to the front, so that all free space is behind it. */
static void compact(swiftlet_pipe *pipe) {
  size_t count = swiftlet_pipe_count(pipe);
  if (pipe->start == 0) return;
  memmove(pipe->bytes, pipe->bytes + pipe->start, count);
  pipe->start = 0;
  pipe->end = count;
}

const uint8_t *swiftlet_outbound_bytes(const swiftlet_client *client) {
  return client->outbound.bytes + client->outbound.start;
}

size_t swiftlet_outbound_count(const swiftlet_client *client) {
  return swiftlet_pipe_count(&client->outbound);
}

void swiftlet_outbound_remove(swiftlet_client *client, size_t count) {
  client->outbound.start += count;
}

uint8_t *swiftlet_inbound_space(swiftlet_client *client) {
  compact(&client->inbound);
  return client->inbound.bytes + client->inbound.end;
}

size_t swiftlet_inbound_room(const swiftlet_client *client) {
  return swiftlet_pipe_room(&client->inbound);
}

void swiftlet_inbound_add(swiftlet_client *client, size_t count) { client->inbound.end += count; }

int swiftlet_records_send(void *context, const unsigned char *bytes, size_t length) {
  swiftlet_pipe *pipe = &((swiftlet_client *)context)->outbound;
  size_t room = swiftlet_pipe_room(pipe);
  size_t count = length < room ? length : room;
  if (count == 0) return MBEDTLS_ERR_SSL_WANT_WRITE;
  compact(pipe);
  memcpy(pipe->bytes + pipe->end, bytes, count);
  pipe->end += count;
  return (int)count;
}

int swiftlet_records_receive(void *context, unsigned char *space, size_t length) {
  swiftlet_pipe *pipe = &((swiftlet_client *)context)->inbound;
  size_t available = swiftlet_pipe_count(pipe);
  size_t count = length < available ? length : available;
  if (count == 0) return MBEDTLS_ERR_SSL_WANT_READ;
  memcpy(space, pipe->bytes + pipe->start, count);
  pipe->start += count;
  return (int)count;
}

#endif
