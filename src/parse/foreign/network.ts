import { type ForeignPattern, subsystem } from "./pattern.js";

/** Protocols, interfaces, firewalls. */
export const networkPatterns: readonly ForeignPattern[] = [
  {
    name: "interface",
    pattern:
      /^(?=\S{0,20}\d)(?:eth|em|p\d+p|en[opsx]|wl|ww|br|veth|docker|bond|team|tun|tap|vnet|virbr|lxc|lxdbr|cali|cilium|cni|flannel|vxlan|wg|ppp|ib|dummy|ovs-|vmbr|fwbr|fwln|fwpr|macvtap|ip6?tnl|gre|sit|can|usb|rmnet|azv|gke|eni|vmnet|vlan|kube-)[\w.-]{0,15}(?: \([^)]{1,60}\))?(?:\.\d{1,4})?: /,
  },
  {
    name: "interface-state",
    pattern:
      /^(?:device \S{1,16} (?:entered|left) promiscuous mode|IPv[46]: ADDRCONF|IPv6: |ADDRCONF\(|cni\d+: port|\S{1,16}: (?:port \d+\(|link (?:is|becomes)|renamed from|NIC Link|entered promiscuous|left promiscuous)|eth\d+: )/,
  },
  subsystem(
    "network",
    "TCP TCPv6 UDP UDPLite IPv4 IPv6 IPVS ICMP ICMPv6 ip6_tables ip_tables iptables nf_conntrack nf_tables x_tables ebtables " +
      "bridge bonding bond team tun wireguard GRE vxlan geneve openvswitch 8021q NET Netfilter netlink neighbour dst arp " +
      "ixgbe ixgbevf igb igbvf i40e iavf ice e100 e1000 e1000e bnx2 bnx2x bnxt_en tg3 r8169 r8152 forcedeth mlx4_core mlx4_en " +
      "mlx5_core ena virtio_net vmxnet3 netfront be2net cxgb4 ath9k ath10k_pci ath11k_pci iwlwifi rtlwifi brcmfmac b43 wlan " +
      "cfg80211 mac80211 Bluetooth batman_adv rfkill NetLabel RDS tipc SCTP netconsole netpoll nfnetlink PPP L2TP ib_core " +
      "rxrpc afs smc net_ratelimit",
  ),
  {
    name: "network-warning",
    pattern:
      /^(?:TCP: |TCP request_sock|possible SYN flooding|nf_conntrack: |ip_conntrack: |Neighbour table overflow|neighbour: |dst cache overflow|ipv4: Neighbour|martian (?:source|destination)|ll header: |IPv4: (?:martian|host)|net_ratelimit: |UDP: (?:bad|short)|Dead loop on virtual device|unregister_netdevice: waiting)/,
  },
  { name: "firewall", pattern: /^(?:\[?UFW [A-Z]+\]? |SFW2-|Shorewall:|.{0,60}\bIN=\S* OUT=\S* )/ },
];
