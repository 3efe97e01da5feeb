/* Refuses memory to the TLS library on demand.
 *
 * This target defines `calloc`, the only allocating call that the library makes, in front of the C
 * library's. A thread that has not armed it does not notice.
 */
#ifndef SWIFTLET_ALLOCATION_FAULTS_H
#define SWIFTLET_ALLOCATION_FAULTS_H

#include <stdint.h>

/* Lets `allowed` further calls of this thread pass, and refuses the next one, and only that. */
void allocation_faults_arm(int64_t allowed);

/* Stops refusing; true if one call was refused since arming. */
int32_t allocation_faults_disarm(void);

#endif
