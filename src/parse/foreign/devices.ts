import { type ForeignPattern, subsystem } from "./pattern.js";

/** Buses, chips and their drivers. */
export const devicePatterns: readonly ForeignPattern[] = [
  {
    // The kernel's own form for messages about a device: driver, bus address, colon.
    name: "device",
    pattern:
      /^[A-Za-z][\w-]{1,31} (?:[0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]|\d{1,3}-\d{1,3}(?:\.\d{1,3}){0,6}(?::\d{1,3}\.\d{1,3})?|\d{1,4}:\d{1,4}:\d{1,4}:\d{1,20}|[0-9a-f]{2}:[0-9a-f]{2}|PNP[0-9A-F]{4}:[0-9a-f]{2}|[0-9a-f]{4,16}\.[a-z][\w-]{0,40}|[a-z][\w-]{0,30}\.\d{1,4})(?::| \S{1,20}:)/,
  },
  subsystem(
    "bus",
    "usb usbcore usbhid usb-storage hub uhci_hcd ehci_hcd ohci_hcd xhci_hcd pci pci_bus pcieport pciehp PCI PCIe AER " +
      "DMAR iommu AMD-Vi ACPI acpi acpiphp pnp DMI dmi firewire_core firewire_ohci i2c spi gpio pinctrl platform virtio " +
      "thunderbolt genirq irq IRQ hv_vmbus vmbus xen xen:balloon xenbus xen_netback PM OF",
  ),
  subsystem(
    "input-output",
    "input hid hid-generic i8042 psmouse atkbd serial serial8250 tty ttyS ttyAMA ftdi_sio cdc_acm snd snd_hda_intel " +
      "snd_hda_codec_realtek ALSA HDMI uvcvideo rtc rtc_cmos hpet watchdog iTCO_wdt hpwdt ipmi ipmi_si IPMI tpm tpm_tis mei mei_me " +
      "logitech-hidpp-device random pps ptp",
  ),
  subsystem(
    "graphics",
    "drm i915 nouveau radeon amdgpu amdkfd vmwgfx qxl cirrus mgag200 ast NVRM nvidia nvidia-modeset fbcon efifb vgaarb " +
      "vc4-drm panfrost lima mali kgsl [drm] [drm:drm_mode_addfb2]",
  ),
  { name: "graphics-shrinker", pattern: /^(?:Purging GPU memory|\[drm[\]:]|\d+ pages freed, \d+ pages still pinned)/ },
  subsystem(
    "hardware-health",
    "EDAC mce MCE [Hardware RAS CMCI CPER GHES thermal thermal_sys intel_rapl coretemp k10temp microcode ACPI",
  ),
  {
    name: "hardware-health-event",
    pattern:
      /^(?:mce: \[Hardware Error\]|\[Hardware Error\]|\{\d+\}\[Hardware Error\]|CPU\d+: (?:Core|Package) (?:temperature|power)|Uhhuh\. NMI received|Dazed and confused|Do you have a strange power)/,
  },
  subsystem(
    "virtual-machine",
    "kvm kvm_intel kvm_amd KVM vhost vboxguest vboxdrv vmw_balloon virtio_balloon hv_balloon hv_utils vmci",
  ),
  subsystem("android", "lowmemorykiller binder binder_alloc ion healthd msm qcom lmkd"),
  {
    name: "android-lowmemorykiller",
    pattern: /^ +(?:to free \d+kB on behalf of|cache \d+kB is below limit|Free memory is -?\d+kB)/,
  },
];
