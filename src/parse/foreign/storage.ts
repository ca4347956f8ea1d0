import { type ForeignPattern, subsystem } from "./pattern.js";

/** Disks, controllers, file systems, swap. */
export const storagePatterns: readonly ForeignPattern[] = [
  subsystem(
    "block",
    "ata sd sr sg scsi nvme nvme nvmet mmc mmcblk mmc0 mmc1 sdhci loop nbd md md/raid md/raid1 md/raid10 raid1 raid6 dm " +
      "device-mapper bcache drbd block rbd libceph ceph zram zswap zbud blk_update_request print_req_error end_request " +
      "megaraid megaraid_sas mpt2sas mpt3sas mptbase mptscsih hpsa cciss aacraid qla2xxx lpfc smartpqi virtio_blk " +
      "xen-blkfront blkfront mtip32xx iscsi libata ahci multipath mtd ubi UBI sda sdb sdc vda vdb xvda hda hdc",
  ),
  {
    name: "block-error",
    pattern:
      /^(?:(?:blk_update_request: )?(?:critical \w+ |I\/O )error, dev |Buffer I\/O error on |lost page write|lost async page write|quiet_error: |sd[a-z]+: |[ \t]*res [0-9a-f]{2}\/|Aborting journal on device|JBD2?: )/,
  },
  subsystem(
    "file-system",
    "9p aufs bcachefs BTRFS btrfs ceph CIFS cifs ecryptfs erofs exFAT-fs F2FS-fs FAT-fs fuse FUSE GFS2 hfs hfsplus isofs " +
      "jffs2 JFS LDISKFS-fs Lustre LustreError LNet LNetError NFS NFSD NFSv4 nfs nfs4 nfsd NILFS NTFS NTFS-fs ntfs3 ocfs2 o2net " +
      "overlayfs pstore quota ReiserFS REISERFS RPC rpc lockd SQUASHFS squashfs UBIFS UDF-fs VFS XFS ZFS SPL FS-Cache " +
      "CacheFiles autofs4 EXT2-fs EXT3-fs EXT4-fs EXT4 JBD JBD2 dlm",
  ),
  {
    name: "file-system-event",
    pattern:
      /^(?:BTRFS (?:info|error|warning|critical|notice)|EXT[234]-fs(?: (?:error|warning))?|XFS|XFS: possible memory|XFS: \S+\(\d+\)|nfs: server|NFS: |SQUASHFS error)[ (:]/,
  },
  {
    name: "swap",
    pattern:
      /^(?:Adding -?\d+k swap on|swap_(?:free|dup|info_get): |get_swap_device: |Unable to find swap-space|Removing -?\d+k swap)/,
  },
];
