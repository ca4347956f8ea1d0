import { shareOfLimit } from "../evidence/cgroup.js";
import { rule } from "../rule.js";
import { share } from "../text.js";
import { thresholds } from "../thresholds.js";

const bounds = thresholds["memcg-socket-buffers"];

/** Socket buffers fill a memory cgroup. */
export const memcgSocketBuffers = rule({
  id: "memcg-socket-buffers",
  layer: "consumer",
  group: "memcg-cause",
  basis: "fact",
  unproven: true,
  needs: ["memcg"],
  meaning: "Data that waits in sockets counts against the cgroup: a peer that does not read, or very many connections.",
  evaluate({ memcg }, context) {
    const sock = memcg.terms.get("sock");
    if (sock === undefined || memcg.hit.unlimited) return null;
    const part = shareOfLimit("socket part of the limit", sock, memcg);
    if (part.value < bounds.share.value) return null;
    return {
      title: `Socket buffers take ${context.text.size(sock)}, ${share(part)} of the cgroup's limit`,
      confidence: "high",
      evidence: [part],
      advice: ["See which: `ss -tmp` inside the container's network namespace; bound net.ipv4.tcp_rmem and tcp_wmem."],
      pages: sock.value,
    };
  },
});
