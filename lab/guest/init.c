/*
 * The guest's /init: builds the tasks of a scenario, makes memory run out, and tells over the serial console what was
 * true just before and who died. One statically linked program. docs/lab.md describes /plan, which it reads, and the
 * frames, which it writes.
 *
 * Three rules keep the truth true:
 * - every task but those that act is blocked in futex(2) when the state is read from /proc;
 * - between that reading and the kill this process only waits: it allocates nothing and prints nothing;
 * - while frames are written the kernel's console is silent, so that no kernel line lands inside a frame.
 */
#include "guest.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <termios.h>
#include <unistd.h>

struct task tasks[MAX_TASKS];
struct cgroup cgroups[MAX_CGROUPS];
struct setting settings[MAX_SETTINGS];
int nr_tasks, nr_cgroups, nr_settings;
struct board *board;
long page_bytes;
uint64_t free_bytes;
int cgroup_version;
char swap_device[32];

static void prepare(void)
{
	struct termios terminal;
	struct rlimit many = {1 << 20, 1 << 20};
	struct utsname names;
	int fd;
	mkdir("/proc", 0755), mkdir("/sys", 0755), mkdir("/dev", 0755);
	mkdir("/tmp", 0755), mkdir("/ram", 0755), mkdir("/cg", 0755);
	mount("proc", "/proc", "proc", 0, NULL);
	mount("sysfs", "/sys", "sysfs", 0, NULL);
	mount("devtmpfs", "/dev", "devtmpfs", 0, NULL);
	mount("tmpfs", "/tmp", "tmpfs", 0, "size=100%,mode=1777");
	mount("ramfs", "/ram", "ramfs", 0, "mode=1777");
	if (!tcgetattr(1, &terminal)) {
		cfmakeraw(&terminal);
		tcsetattr(1, TCSANOW, &terminal);
	}
	console_level(1);
	write_file("/proc/sys/fs/nr_open", "1048576");
	setrlimit(RLIMIT_NOFILE, &many);
	write_file("/sys/kernel/mm/transparent_hugepage/enabled", "never");
	page_bytes = sysconf(_SC_PAGESIZE);
	/* In a ramfs, whose pages are never reclaimed: nobody's rss changes under pressure. */
	fd = open("/ram/board", O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (ftruncate(fd, sizeof *board))
		frame_error("init", "board", errno);
	board = mmap(NULL, sizeof *board, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	close(fd);
	unlink("/ram/board");
	/* Nothing of init may be swapped out, or it would itself ask for memory when there is none. */
	if (mlockall(MCL_CURRENT | MCL_FUTURE))
		frame_error("init", "mlockall", errno);
	uname(&names);
	frame("hello release=%s machine=%s page_size=%ld cpus=%ld", names.release, names.machine, page_bytes,
	      sysconf(_SC_NPROCESSORS_ONLN));
	frame_text("version", names.version, strlen(names.version));
}

int main(void)
{
	static char line[2048];
	FILE *plan;
	prepare();
	plan = fopen("/plan", "r");
	while (plan && fgets(line, sizeof line, plan)) {
		line[strcspn(line, "\n")] = 0;
		if (line[0])
			read_plan_line(line);
	}
	if (!plan)
		frame_error("init", "plan", errno);
	frame("bye");
	tcdrain(1);
	reboot(RB_AUTOBOOT);
	block_forever(NULL);
}
