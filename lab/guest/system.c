/* Time, waiting and files. */
#include "guest.h"
#include <fcntl.h>
#include <limits.h>
#include <linux/futex.h>
#include <stdlib.h>
#include <string.h>
#include <sys/klog.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

int64_t now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void sleep_ms(int ms)
{
	struct timespec t = {ms / 1000, (ms % 1000) * 1000000L};
	nanosleep(&t, NULL);
}

void futex_wait(_Atomic int *word, int value, int timeout_ms)
{
	struct timespec t = {timeout_ms / 1000, (timeout_ms % 1000) * 1000000L};
	syscall(SYS_futex, word, FUTEX_WAIT, value, timeout_ms < 0 ? NULL : &t, NULL, 0);
}

void futex_wake(_Atomic int *word)
{
	syscall(SYS_futex, word, FUTEX_WAKE, INT_MAX, NULL, NULL, 0);
}

int block_forever(void *unused)
{
	static _Atomic int never;
	(void)unused;
	while (!never)
		futex_wait(&never, 0, -1);
	return 0;
}

int read_file(const char *path, char *buffer, int size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC), n = 0, r;
	buffer[0] = 0;
	if (fd < 0)
		return -1;
	while (n < size - 1 && (r = read(fd, buffer + n, size - 1 - n)) > 0)
		n += r;
	buffer[n] = 0;
	close(fd);
	return n;
}

int write_file(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC), r;
	if (fd < 0)
		return -1;
	r = write(fd, text, strlen(text));
	close(fd);
	return r < 0 ? -1 : 0;
}

/* The number behind "name" in a file such as /proc/meminfo; -1 when there is none. */
long long number_in(const char *path, const char *name)
{
	static char buffer[16384];
	char *at;
	read_file(path, buffer, sizeof buffer);
	at = strstr(buffer, name);
	return at ? atoll(at + strlen(name)) : -1;
}

/* The level up to which the kernel's messages go to the console. */
void console_level(int level)
{
	klogctl(8 /* SYSLOG_ACTION_CONSOLE_LEVEL */, NULL, level);
}
