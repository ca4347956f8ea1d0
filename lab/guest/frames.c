/* What goes to the host: lines "~oomlab SEQUENCE CRC TEXT", the checksum over "SEQUENCE TEXT". */
#include "guest.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int sequence;

static uint32_t crc32(const char *text)
{
	uint32_t c = 0xffffffff;
	while (*text) {
		c ^= (uint8_t)*text++;
		for (int i = 0; i < 8; i++)
			c = c >> 1 ^ (c & 1 ? 0xedb88320 : 0);
	}
	return ~c;
}

void frame(const char *format, ...)
{
	char body[1024], line[1088];
	int n = snprintf(body, sizeof body, "%d ", sequence), size;
	va_list args;
	va_start(args, format);
	vsnprintf(body + n, sizeof body - n, format, args);
	va_end(args);
	size = snprintf(line, sizeof line, "~oomlab %d %08x %s\n", sequence, crc32(body), body + n);
	sequence++;
	for (int done = 0, r; done < size; done += r)
		if ((r = write(1, line + done, size - done)) <= 0)
			break;
}

/* Raw text as a "text NAME" frame and "more" frames: blank is '+', what is not printable (and '%', '+') is %XX. */
void frame_text(const char *name, const char *text, int n)
{
	char piece[720];
	int used = 0;
	frame("text %s", name);
	for (int i = 0; i < n; i++) {
		unsigned char c = text[i];
		if (c == ' ')
			piece[used++] = '+';
		else if (c > 0x20 && c < 0x7f && c != '%' && c != '+')
			piece[used++] = c;
		else
			used += sprintf(piece + used, "%%%02X", c);
		if (used > (int)sizeof piece - 8 || i == n - 1) {
			piece[used] = 0;
			frame("more %s", piece);
			used = 0;
		}
	}
}

void frame_file(const char *name, const char *path)
{
	static char buffer[16384];
	int n = read_file(path, buffer, sizeof buffer);
	if (n >= 0)
		frame_text(name, buffer, n);
}

void frame_error(const char *who, const char *what, int error)
{
	frame("error %s %s %d %s", who, what, error, strerror(error));
}
