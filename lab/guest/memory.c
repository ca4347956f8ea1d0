/* The memory of a task, kind by kind. */
#include "guest.h"
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#ifndef MADV_PAGEOUT
#define MADV_PAGEOUT 21
#endif

void fill(char *start, uint64_t bytes, _Atomic int *stop)
{
	/* Not compressible, so that zram can not hide it, and different in every page. */
	uint64_t x = (uintptr_t)start ^ ((uint64_t)getpid() << 32) ^ 0x9e3779b97f4a7c15;
	for (uint64_t i = 0; i < bytes; i += page_bytes) {
		uint64_t *page = (uint64_t *)(start + i);
		if (stop && atomic_load(stop))
			return;
		for (long j = 0; j < page_bytes / 8; j += 8) {
			x ^= x << 13, x ^= x >> 7, x ^= x << 17;
			page[j] = x;
		}
	}
}

char *map(uint64_t bytes, int flags, int fd)
{
	int kind = fd >= 0 ? flags : flags | MAP_ANONYMOUS;
	char *at = mmap(NULL, bytes, PROT_READ | PROT_WRITE, kind | MAP_NORESERVE, fd, 0);
	return at == MAP_FAILED ? NULL : at;
}

int map_and_fill(uint64_t bytes, int flags, int fd, char **where)
{
	char *at = bytes ? map(bytes, flags, fd) : NULL;
	if (bytes && !at)
		return errno;
	if (at)
		fill(at, bytes, NULL);
	if (where)
		*where = at;
	return 0;
}

static int map_file(const char *directory, const char *name, uint64_t bytes)
{
	char path[96];
	int fd, error;
	struct stat s;
	if (!bytes)
		return 0;
	snprintf(path, sizeof path, "%s/%s", directory, name);
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	if (fd < 0 || fstat(fd, &s) || ((uint64_t)s.st_size < bytes && ftruncate(fd, bytes)))
		return errno;
	error = map_and_fill(bytes, MAP_SHARED, fd, NULL);
	close(fd);
	return error;
}

/* Page tables without pages: reads that map the zero page, one in each range that a page table covers. */
static int map_page_tables(uint64_t bytes)
{
	uint64_t stride = sizeof(long) == 8 ? (uint64_t)page_bytes * page_bytes / 8 : 2 << 20;
	uint64_t span = bytes / page_bytes * stride;
	volatile char *at;
	if (!bytes)
		return 0;
	at = mmap(NULL, span, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (at == MAP_FAILED)
		return errno;
	for (uint64_t i = 0; i < span; i += stride)
		(void)at[i];
	return 0;
}

/* All memory of a task; returns an errno. */
int build_memory(const struct task *t)
{
	char *anon = NULL;
	int error = 0;
	if ((error = map_and_fill(t->anon, MAP_PRIVATE, -1, &anon)) ||
	    (error = map_file("/ram", t->id, t->file)) ||
	    (error = map_and_fill(t->shmem, MAP_SHARED, -1, NULL)) ||
	    (error = map_file("/tmp", t->shared_key, t->shared)) ||
	    (error = map_page_tables(t->page_tables)))
		return error;
	if (t->reserved && !map(t->reserved, MAP_PRIVATE, -1))
		return errno;
	if (t->locked && mlock(anon, t->anon))
		return errno;
	if (t->swapped && madvise(anon, t->swapped, MADV_PAGEOUT))
		return errno;
	if (t->hugepages) {
		uint64_t bytes = (uint64_t)t->hugepages * number_in("/proc/meminfo", "Hugepagesize:") * 1024;
		return map_and_fill(bytes, MAP_PRIVATE | MAP_HUGETLB, -1, NULL);
	}
	return 0;
}
