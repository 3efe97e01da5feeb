/* The IP stack of a board: one Ethernet interface, one TCP connection, one UDP socket, a resolver.
 *
 * No type of lwIP shows here. One thread of execution calls all of this; an interrupt may not. The
 * board implements the three functions whose names begin with `board_`.
 */
#ifndef SWIFTLET_CNETWORK_H
#define SWIFTLET_CNETWORK_H

#include <stddef.h>
#include <stdint.h>

/* What a call came to, where that is not a number of bytes. Plain numbers, because a count shares
 * the result. */
#define NETWORK_OK 0
#define NETWORK_PENDING 1
#define NETWORK_REFUSED (-1)
#define NETWORK_UNREACHABLE (-2)
#define NETWORK_CLOSED (-3)
#define NETWORK_EXHAUSTED (-4)
#define NETWORK_UNKNOWN_NAME (-5)

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

/* Begins to take in a frame of `size` bytes that has arrived: 0, or -1 where there is no room for
 * it, and the driver has to drop it. */
int32_t network_frame_begin(size_t size);

/* Takes the next bytes of the frame, the lowest `count` of a word, lowest first; what is beyond the
 * frame's size is left out. */
void network_frame_put(uint32_t word, size_t count);

/* Hands the frame to the stack. */
void network_frame_end(void);

/* Tells whether the cable carries a signal; a new signal means a new address. */
void network_set_link(int is_up);

/* Lets the stack's timers run. */
void network_run_timers(void);

/* 1 once the interface has an address. */
int32_t network_is_up(void);

/* Looks up `name`; NETWORK_OK fills `address`, NETWORK_PENDING means: ask again. */
int32_t network_resolve(const uint8_t *name, size_t size, uint8_t address[4]);

/* Begins to connect; an earlier connection is dropped. */
int32_t network_stream_connect(const uint8_t address[4], uint16_t port);

/* NETWORK_OK once connected, NETWORK_PENDING before, or why it failed. */
int32_t network_stream_state(void);

/* Takes a prefix of the bytes and returns its length, 0 where there is no room, or a failure. */
int32_t network_stream_write(const uint8_t *bytes, size_t size);

/* Fills a prefix and returns its length, 0 where nothing is there, or a failure. */
int32_t network_stream_read(uint8_t *bytes, size_t size);

/* Drops the connection; no effect without one. */
void network_stream_close(void);

/* Opens the UDP socket to one peer; an earlier one is closed. */
int32_t network_datagram_open(const uint8_t address[4], uint16_t port);

/* Sends one datagram, or drops it. */
int32_t network_datagram_send(const uint8_t *bytes, size_t size);

/* Takes the latest datagram and returns its length, cut to `size`; 0 where there is none. */
int32_t network_datagram_receive(uint8_t *bytes, size_t size);

/* Closes the UDP socket; no effect without one. */
void network_datagram_close(void);

#endif
