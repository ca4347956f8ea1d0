/* What is around the tasks: cgroups, swap, modules, folders. */
#include "guest.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <unistd.h>

void cgroup_file(char *path, size_t size, const struct cgroup *c, const char *name)
{
	const char *controller = "";
	if (cgroup_version == 1)
		controller = !strncmp(name, "cpuset.", 7) ? "/cpuset" : "/memory";
	snprintf(path, size, "/cg%s%s/%s", controller, c->path, name);
}

/* In all that is above a cgroup. */
static void enable_controller(const char *root, const char *path, const char *controller)
{
	char at[320];
	for (const char *end = path; *end; end = strchrnul(end + 1, '/')) {
		snprintf(at, sizeof at, "%s%.*s/cgroup.subtree_control", root, (int)(end - path), path);
		write_file(at, controller);
	}
}

static void make_cgroup_path(const char *root, const char *path)
{
	char at[320];
	for (const char *end = path; *end; ) {
		snprintf(at, sizeof at, "%s%.*s/cgroup.subtree_control", root, (int)(end - path), path);
		if (cgroup_version == 2) {
			write_file(at, "+memory");
			write_file(at, "+cpuset");
		} else {
			snprintf(at, sizeof at, "%s%.*s/memory.use_hierarchy", root, (int)(end - path), path);
			write_file(at, "1");
		}
		end = strchrnul(end + 1, '/');
		snprintf(at, sizeof at, "%s%.*s", root, (int)(end - path), path);
		if (mkdir(at, 0755) && errno != EEXIST)
			frame_error(path, "mkdir", errno);
	}
}

void make_cgroup(const struct cgroup *c)
{
	char path[320], cpus[64];
	make_cgroup_path(cgroup_version == 2 ? "/cg" : "/cg/memory", c->path);
	if (cgroup_version == 1 && c->has_cpuset) {
		make_cgroup_path("/cg/cpuset", c->path);
		/* A v1 cpuset takes no task before it has processors and nodes. */
		read_file("/cg/cpuset/cpuset.cpus", cpus, sizeof cpus);
		cgroup_file(path, sizeof path, c, "cpuset.cpus");
		write_file(path, cpus);
		read_file("/cg/cpuset/cpuset.mems", cpus, sizeof cpus);
		cgroup_file(path, sizeof path, c, "cpuset.mems");
		write_file(path, cpus);
	}
	for (int i = 0; i < c->nr_files; i++) {
		cgroup_file(path, sizeof path, c, c->files[i].name);
		if (write_file(path, c->files[i].value))
			frame_error(c->path, c->files[i].name, errno);
	}
}

void enter_cgroup(const struct task *t, int pid)
{
	char path[320], text[16];
	const struct cgroup *c = &cgroups[t->cgroup];
	snprintf(text, sizeof text, "%d", pid);
	cgroup_file(path, sizeof path, c, "cgroup.procs");
	if (write_file(path, text))
		frame_error(t->id, "cgroup.procs", errno);
	if (cgroup_version == 1 && c->has_cpuset) {
		snprintf(path, sizeof path, "/cg/cpuset%s/cgroup.procs", c->path);
		if (write_file(path, text))
			frame_error(t->id, "cpuset", errno);
	}
}

static void remove_cgroup_path(const char *root, const char *path)
{
	char at[320];
	snprintf(at, sizeof at, "%s%s", root, path);
	while (strlen(at) > strlen(root)) {
		for (int i = 0; i < 50 && rmdir(at) && errno == EBUSY; i++)
			sleep_ms(20);
		*strrchr(at, '/') = 0;
	}
}

/* How fast the swap disk is read in the cgroup of a task. */
void limit_disk(const struct task *t, const char *bytes_per_second)
{
	const struct cgroup *c = &cgroups[t->cgroup];
	char path[320], text[64];
	struct stat disk;
	enable_controller("/cg", c->path, "+io");
	cgroup_file(path, sizeof path, c, "io.max");
	if (stat(swap_device, &disk))
		frame_error(swap_device, "stat", errno);
	snprintf(text, sizeof text, "%u:%u rbps=%s", major(disk.st_rdev), minor(disk.st_rdev), bytes_per_second);
	if (write_file(path, text))
		frame_error(t->id, "io.max", errno);
}

void remove_cgroups(void)
{
	for (int i = nr_cgroups - 1; i >= 0; i--) {
		remove_cgroup_path(cgroup_version == 2 ? "/cg" : "/cg/memory", cgroups[i].path);
		if (cgroup_version == 1 && cgroups[i].has_cpuset)
			remove_cgroup_path("/cg/cpuset", cgroups[i].path);
	}
}

void empty_directory(const char *path)
{
	char at[320];
	struct dirent *e;
	DIR *d = opendir(path);
	while (d && (e = readdir(d))) {
		snprintf(at, sizeof at, "%s/%s", path, e->d_name);
		unlink(at);
	}
	if (d)
		closedir(d);
}

void make_swap(const char *device)
{
	struct { uint32_t version, last_page, bad_pages; } header = {1, 0, 0};
	uint64_t bytes = 0;
	int fd = open(device, O_RDWR | O_CLOEXEC);
	if (fd < 0 || ioctl(fd, BLKGETSIZE64, &bytes)) {
		frame_error(device, "open", errno);
		return;
	}
	header.last_page = bytes / page_bytes - 1;
	if (pwrite(fd, &header, sizeof header, 1024) < 0 || pwrite(fd, "SWAPSPACE2", 10, page_bytes - 10) < 0)
		frame_error(device, "write", errno);
	fsync(fd);
	close(fd);
}

void mount_cgroups(int version)
{
	cgroup_version = version;
	if (version == 2) {
		if (mount("cgroup2", "/cg", "cgroup2", 0, NULL))
			frame_error("init", "cgroup2", errno);
		return;
	}
	mount("tmpfs", "/cg", "tmpfs", 0, NULL);
	mkdir("/cg/memory", 0755);
	mkdir("/cg/cpuset", 0755);
	if (mount("memory", "/cg/memory", "cgroup", 0, "memory"))
		frame_error("init", "cgroup-v1-memory", errno);
	if (mount("cpuset", "/cg/cpuset", "cgroup", 0, "cpuset"))
		frame_error("init", "cgroup-v1-cpuset", errno);
}

void load_module(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || (syscall(SYS_finit_module, fd, "", 0) && errno != EEXIST))
		frame_error("module", path, errno);
	close(fd);
}
