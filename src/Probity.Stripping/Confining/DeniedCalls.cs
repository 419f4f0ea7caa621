namespace Probity.Stripping.Confining;

/// <summary>What the kernel is asked never to do for a process that reads a stranger's file.</summary>
/// <remarks>
/// By name, in the order of the numbers below, where a machine has them:
/// open, openat, openat2, creat, open_tree, name_to_handle_at, open_by_handle_at, truncate, ftruncate, unlink, unlinkat, rename, renameat, renameat2,
/// mkdir, mkdirat, rmdir, link, linkat, symlink, symlinkat, mknod, mknodat, chmod, fchmod, fchmodat, chown, fchown, lchown, fchownat, utime, utimes,
/// utimensat, futimesat, setxattr, lsetxattr, fsetxattr, removexattr, lremovexattr, fremovexattr, getxattr, lgetxattr, readlink, readlinkat, chdir,
/// fchdir, inotify_init, inotify_init1, fanotify_init, memfd_create, memfd_secret, quotactl; socket, socketpair, connect, bind, listen, accept, accept4,
/// sendto, sendmsg, sendmmsg, recvfrom, recvmsg, recvmmsg, shmget, shmat, msgget, msgsnd, semget, mq_open; fork, vfork, execve, execveat, ptrace,
/// process_vm_readv, process_vm_writev, kill, tkill, rt_sigqueueinfo, rt_tgsigqueueinfo, pidfd_open, pidfd_send_signal, pidfd_getfd, unshare, setns,
/// personality, kcmp; io_uring_setup, io_uring_enter, io_uring_register, bpf, perf_event_open, userfaultfd, keyctl, add_key, request_key, mount, umount2,
/// pivot_root, chroot, move_mount, fsopen, fsconfig, fsmount, fspick, mount_setattr, kexec_load, kexec_file_load, init_module, finit_module,
/// delete_module, reboot, swapon, swapoff, acct, syslog, sethostname, setdomainname, settimeofday, clock_settime, adjtimex, clock_adjtime, iopl, ioperm,
/// modify_ldt; setrlimit, prlimit64, setuid, setgid, setreuid, setregid, setresuid, setresgid, setfsuid, setfsgid, setgroups, capset
/// </remarks>
internal static class DeniedCalls
{
    /// <summary>Their numbers on x86-64 (Linux, asm/unistd_64.h).</summary>
    public static ReadOnlySpan<uint> X64 =>
    [
        // Files and folders
        2, 257, 437, 85, 428, 303, 304, 76, 77, 87, 263, 82, 264, 316, 83, 258, 84, 86, 265, 88, 266, 133, 259, 90, 91, 268, 92, 93, 94, 260, 132, 235, 280,
        261, 188, 189, 190, 197, 198, 199, 191, 192, 89, 267, 80, 81, 253, 294, 300, 319, 447, 179,
        // Networks and channels
        41, 53, 42, 49, 50, 43, 288, 44, 46, 307, 45, 47, 299, 29, 30, 68, 69, 64, 240,
        // Processes
        57, 58, 59, 322, 101, 310, 311, 62, 200, 129, 297, 434, 424, 438, 272, 308, 135, 312,
        // The kernel itself
        425, 426, 427, 321, 298, 323, 250, 248, 249, 165, 166, 155, 161, 429, 430, 431, 432, 433, 442, 246, 320, 175, 313, 176, 169, 167, 168, 163, 103, 170,
        171, 164, 227, 159, 305, 172, 173, 154,
        // Rights and limits
        160, 302, 105, 106, 113, 114, 117, 119, 122, 123, 116, 126,
    ];

    /// <summary>Their numbers on 64-bit ARM (Linux, asm-generic/unistd.h).</summary>
    public static ReadOnlySpan<uint> Arm64 =>
    [
        // Files and folders
        56, 437, 428, 264, 265, 45, 46, 35, 38, 276, 34, 37, 36, 33, 52, 53, 55, 54, 88, 5, 6, 7, 14, 15, 16, 8, 9, 78, 49, 50, 26, 262, 279, 447, 60,
        // Networks and channels
        198, 199, 203, 200, 201, 202, 242, 206, 211, 269, 207, 212, 243, 194, 196, 186, 189, 190, 180,
        // Processes
        221, 281, 117, 270, 271, 129, 130, 138, 240, 434, 424, 438, 97, 268, 92, 272,
        // The kernel itself
        425, 426, 427, 280, 241, 282, 219, 217, 218, 40, 39, 41, 51, 429, 430, 431, 432, 433, 442, 104, 294, 105, 273, 106, 142, 224, 225, 89, 116, 161, 162,
        170, 112, 171, 266,
        // Rights and limits
        164, 261, 146, 144, 145, 143, 147, 149, 151, 152, 159, 91,
    ];
}
