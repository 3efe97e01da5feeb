/* The IP stack of a board: one Ethernet interface, one TCP connection, one UDP socket, a resolver.
 *
 * No type of lwIP shows here. One thread of execution calls all of this; an interrupt may not. The
 * board implements the three functions whose names begin with `board_`.
 */
#ifndef SWIFTLET_CNETWORK_H
#define SWIFTLET_CNETWORK_H

#include <stddef.h>
#include <stdint.h>

/* What a call came to, where that is not a number of bytes. */
/* Plain numbers rather than a type, so that a count can share the result. */
enum {
  NETWORK_OK = 0,
  NETWORK_PENDING = 1,
  NETWORK_REFUSED = -1,
  NETWORK_UNREACHABLE = -2,
  NETWORK_CLOSED = -3,
  NETWORK_EXHAUSTED = -4,
  NETWORK_UNKNOWN_NAME = -5,
};

/* What the board provides. */

/* Sends one Ethernet frame without its checksum; returns 0, or -1 where there is no room now. */
int board_send_frame(const uint8_t *frame, size_t size);

/* Milliseconds since the start, modulo 2^32. */
uint32_t board_milliseconds(void);

/* 32 random bits for ports and identifiers. */
uint32_t board_random(void);

/* What the network gives. */

/* Starts the stack and asks for an address by DHCP; `address` is the 6 bytes of the interface. */
void network_start(const uint8_t *address);

/* Gives the stack one frame that arrived; returns 0, or -1 where it had to be dropped. */
int network_receive_frame(const uint8_t *frame, size_t size);

/* Tells whether the cable carries a signal; a new signal means a new address. */
void network_set_link(int is_up);

/* Lets the stack's timers run. */
void network_run_timers(void);

/* Milliseconds until `network_run_timers` has something to do. */
uint32_t network_next_timer(void);

/* 1 once the interface has an address. */
int network_is_up(void);

/* Looks up `name`; NETWORK_OK fills `address`, NETWORK_PENDING means: ask again. */
int network_resolve(const uint8_t *name, size_t size, uint8_t address[4]);

/* Begins to connect; an earlier connection is dropped. */
int network_stream_connect(const uint8_t address[4], uint16_t port);

/* NETWORK_OK once connected, NETWORK_PENDING before, or why it failed. */
int network_stream_state(void);

/* Takes a prefix of the bytes and returns its length, 0 where there is no room, or a failure. */
int network_stream_write(const uint8_t *bytes, size_t size);

/* Fills a prefix and returns its length, 0 where nothing is there, or a failure. */
int network_stream_read(uint8_t *bytes, size_t size);

/* Drops the connection; no effect without one. */
void network_stream_close(void);

/* Opens the UDP socket to one peer; an earlier one is closed. */
int network_datagram_open(const uint8_t address[4], uint16_t port);

/* Sends one datagram, or drops it. */
int network_datagram_send(const uint8_t *bytes, size_t size);

/* Takes the latest datagram and returns its length, cut to `size`; 0 where there is none. */
int network_datagram_receive(uint8_t *bytes, size_t size);

/* Closes the UDP socket; no effect without one. */
void network_datagram_close(void);

#endif
