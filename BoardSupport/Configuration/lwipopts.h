/* lwIP 2.1 as boards need it: IPv4, TCP, UDP, DHCP and DNS through the raw interface, on one
 * thread, with all memory in static pools. Tools/sources.sh fetches the library.
 */
#ifndef SWIFTLET_LWIPOPTS_H
#define SWIFTLET_LWIPOPTS_H

/* One thread calls the stack; interrupts only set flags. */
#define NO_SYS 1
#define SYS_LIGHTWEIGHT_PROT 0
#define LWIP_NETCONN 0
#define LWIP_SOCKET 0

/* Memory: pools alone, no heap. One TCP connection, one UDP socket beside DHCP and DNS. */
#define MEM_ALIGNMENT 4
#define MEMP_MEM_MALLOC 0
#define MEM_LIBC_MALLOC 0
#define MEM_SIZE 1600
#define MEMP_NUM_TCP_PCB 3
#define MEMP_NUM_TCP_PCB_LISTEN 1
#define MEMP_NUM_TCP_SEG 8
#define MEMP_NUM_UDP_PCB 4
#define MEMP_NUM_PBUF 4
#define MEMP_NUM_ARP_QUEUE 2
#define MEMP_NUM_REASSDATA 1
#define PBUF_POOL_SIZE 10
#define PBUF_POOL_BUFSIZE 256

/* Protocols. */
#define LWIP_IPV4 1
#define LWIP_IPV6 0
#define LWIP_TCP 1
#define LWIP_UDP 1
#define LWIP_ICMP 1
#define LWIP_RAW 0
#define LWIP_DHCP 1
#define LWIP_AUTOIP 0
#define LWIP_IGMP 0
#define LWIP_DNS 1
#define DNS_TABLE_SIZE 3
#define DNS_MAX_NAME_LENGTH 97
#define LWIP_DNS_SECURE 7
#define IP_REASSEMBLY 0
#define IP_FRAG 0
#define ARP_QUEUEING 1
#define ARP_TABLE_SIZE 4
#define LWIP_NETIF_LINK_CALLBACK 0
#define LWIP_NETIF_STATUS_CALLBACK 0
#define LWIP_NETIF_TX_SINGLE_PBUF 1
#define LWIP_SINGLE_NETIF 1

/* TCP: a window of two segments of 536 bytes is what RAM allows; messages are smaller. */
#define TCP_MSS 536
#define TCP_WND (3 * TCP_MSS)
#define TCP_SND_BUF (2 * TCP_MSS)
#define TCP_SND_QUEUELEN 8
#define TCP_QUEUE_OOSEQ 0
#define TCP_CALCULATE_EFF_SEND_MSS 0
#define LWIP_TCP_KEEPALIVE 0
#define LWIP_TCP_TIMESTAMPS 0

/* Nothing is printed and nothing is counted. */
#define LWIP_STATS 0
#define LWIP_NOASSERT 1
#define LWIP_DEBUG 0

#endif
