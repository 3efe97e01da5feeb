/*
 * What another MQTT library does in the place of `swiftlet live`: connects so many clients over TLS
 * as fast as it can, a few at a time, keeps them all, and says how long that took.
 *
 *   peer free-port                               prints a TCP port of 127.0.0.1 that nobody has
 *   peer connect PORT CA COUNT THREADS PASSWORD  connects to localhost:PORT; prints one JSON object
 *
 * The library is libmosquitto, which calls OpenSSL. Each client has a name of its own and sends
 * PASSWORD, which stands for a token. It signs nothing, subscribes to nothing, publishes nothing.
 */
#include <arpa/inet.h>
#include <mosquitto.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

struct job {
  int port;
  const char *root;
  const char *password;
  int first;
  int count;
  int stride;
  struct mosquitto **clients; /* all of them, by number */
  double *milliseconds;       /* how long each took; negative where it failed */
};

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static double processor_seconds(void) {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static long resident_bytes(void) {
  long pages = 0;
  FILE *file = fopen("/proc/self/statm", "r");
  if (file == NULL) return 0;
  if (fscanf(file, "%*d %ld", &pages) != 1) pages = 0;
  fclose(file);
  return pages * sysconf(_SC_PAGESIZE);
}

static void connected(struct mosquitto *client, void *answer, int code) {
  (void)client;
  *(int *)answer = code;
}

/* True once the broker has accepted CONNECT. */
static bool connect_client(struct mosquitto *client, const struct job *job) {
  int answer = -1;
  mosquitto_user_data_set(client, &answer);
  mosquitto_connect_callback_set(client, connected);
  mosquitto_int_option(client, MOSQ_OPT_TCP_NODELAY, 1);
  if (mosquitto_username_pw_set(client, "unused", job->password) != MOSQ_ERR_SUCCESS ||
      mosquitto_tls_set(client, job->root, NULL, NULL, NULL, NULL) != MOSQ_ERR_SUCCESS ||
      mosquitto_tls_opts_set(client, 1, "tlsv1.2", NULL) != MOSQ_ERR_SUCCESS ||
      mosquitto_connect(client, "localhost", job->port, 600) != MOSQ_ERR_SUCCESS) {
    return false;
  }
  /* The library's own loop asks select(), which knows the first 1,024 sockets of a process only. */
  double end = now() + 60;
  while (answer < 0 && now() < end) {
    short events = (short)(POLLIN | (mosquitto_want_write(client) ? POLLOUT : 0));
    struct pollfd socket = {.fd = mosquitto_socket(client), .events = events};
    if (socket.fd < 0) return false;
    poll(&socket, 1, 1000);
    if (mosquitto_want_write(client) && mosquitto_loop_write(client, 1) != MOSQ_ERR_SUCCESS) {
      return false;
    }
    if (socket.revents != 0 && mosquitto_loop_read(client, 1) != MOSQ_ERR_SUCCESS) return false;
    if (mosquitto_loop_misc(client) != MOSQ_ERR_SUCCESS) return false;
  }
  return answer == 0;
}

static void *work(void *argument) {
  const struct job *job = argument;
  for (int index = job->first; index < job->count; index += job->stride) {
    char name[32];
    snprintf(name, sizeof(name), "peer-%d", index);
    double begin = now();
    job->clients[index] = mosquitto_new(name, true, NULL);
    bool is_connected =
        job->clients[index] != NULL && connect_client(job->clients[index], job);
    job->milliseconds[index] = is_connected ? (now() - begin) * 1000 : -1;
  }
  return NULL;
}

static int ascending(const void *left, const void *right) {
  double difference = *(const double *)left - *(const double *)right;
  return (difference > 0) - (difference < 0);
}

static void print_result(double *milliseconds, int count, double seconds, double processor,
                         long bytes) {
  qsort(milliseconds, (size_t)count, sizeof(*milliseconds), ascending);
  int failed = 0;
  while (failed < count && milliseconds[failed] < 0) failed++;
  int good = count - failed;
  const double *times = milliseconds + failed;
  int major, minor, revision;
  mosquitto_lib_version(&major, &minor, &revision);
  printf("{\n  \"library\" : \"libmosquitto %d.%d.%d\",\n", major, minor, revision);
  printf("  \"connected\" : %d,\n  \"failed\" : %d,\n", good, failed);
  printf("  \"seconds\" : %.3f,\n", seconds);
  printf("  \"connectsPerSecond\" : %.1f,\n", good / seconds);
  printf("  \"connectP50Milliseconds\" : %.3f,\n", good ? times[good / 2] : 0);
  printf("  \"connectP99Milliseconds\" : %.3f,\n", good ? times[good * 99 / 100] : 0);
  printf("  \"processorMillisecondsPerConnect\" : %.3f,\n", processor * 1000 / (good ? good : 1));
  printf("  \"residentBytesPerConnection\" : %ld\n}\n", bytes / (good ? good : 1));
}

static int connect_all(int port, const char *root, int count, int threads, const char *password) {
  struct mosquitto **clients = calloc((size_t)count, sizeof(*clients));
  double *milliseconds = calloc((size_t)count, sizeof(*milliseconds));
  pthread_t *workers = calloc((size_t)threads, sizeof(*workers));
  struct job *jobs = calloc((size_t)threads, sizeof(*jobs));
  if (!clients || !milliseconds || !workers || !jobs) return 70;
  mosquitto_lib_init();
  long bytes_before = resident_bytes();
  double processor_before = processor_seconds();
  double begin = now();
  int started = 0;
  for (; started < threads; started++) {
    jobs[started] =
        (struct job){port, root, password, started, count, threads, clients, milliseconds};
    if (pthread_create(&workers[started], NULL, work, &jobs[started]) != 0) break;
  }
  for (int index = 0; index < started; index++) pthread_join(workers[index], NULL);
  if (started < threads) return 70;
  double seconds = now() - begin;
  double processor = processor_seconds() - processor_before;
  print_result(milliseconds, count, seconds, processor, resident_bytes() - bytes_before);
  /* The process ends here, and with it all connections. */
  return 0;
}

static int free_port(void) {
  int descriptor = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in name = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t length = sizeof(name);
  if (descriptor < 0 || bind(descriptor, (struct sockaddr *)&name, length) != 0 ||
      getsockname(descriptor, (struct sockaddr *)&name, &length) != 0) {
    return 75;
  }
  printf("%d\n", ntohs(name.sin_port));
  return 0;
}

int main(int count, char **words) {
  if (count == 2 && strcmp(words[1], "free-port") == 0) return free_port();
  if (count == 7 && strcmp(words[1], "connect") == 0) {
    int clients = atoi(words[4]), threads = atoi(words[5]);
    if (clients > 0 && threads > 0) {
      return connect_all(atoi(words[2]), words[3], clients, threads, words[6]);
    }
  }
  fprintf(stderr, "peer: free-port, or connect PORT CA COUNT THREADS PASSWORD\n");
  return 64;
}
