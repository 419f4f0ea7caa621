using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Probity.Ledger.Tests.Faults.Disk;

/// <summary>
/// Stands between SQLite and the files of the folders that a <see cref="FaultDisk"/> is laid over: a VFS (sqlite.org/vfs.html) that
/// is the system's own but for reading, writing, cutting, syncing, opening and deleting. Files of other folders never meet it.
/// </summary>
internal static unsafe class FaultVfs
{
    const string Library = "e_sqlite3";
    const int Ok = 0;
    const int OpenCreates = 0x4;
    const int MethodCount = 19;
    const int Close = 1, Read = 2, Write = 3, Truncate = 4, Sync = 5;

    static readonly ConcurrentDictionary<nint, OpenFile> Open = new();
    static readonly ConcurrentDictionary<nint, nint> Methods = new();
    static readonly Lazy<nint> Installed = new(Install);
    static Vfs* _system;

    /// <summary>Puts it in front of the system's VFS, once for the process.</summary>
    public static void Ensure() => _ = Installed.Value;

    static nint Install()
    {
        _system = Find(null);
        var own = (Vfs*)NativeMemory.AllocZeroed((nuint)sizeof(Vfs));
        *own = *_system;
        own->Next = null;
        own->Name = (byte*)Marshal.StringToCoTaskMemUTF8("probity-faults");
        own->Open = &OnOpen;
        own->Delete = &OnDelete;
        if (Register(own, 1) != Ok) throw new InvalidOperationException("SQLite did not take the VFS.");
        return (nint)own;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int OnOpen(Vfs* vfs, byte* name, nint file, int flags, int* outFlags)
    {
        var path = Marshal.PtrToStringUTF8((nint)name);
        var disk = path is null ? null : FaultDisk.Over(path);
        if (disk is null) return _system->Open(_system, name, file, flags, outFlags);
        var creates = (flags & OpenCreates) != 0 && !File.Exists(path);
        if (creates && disk.Meet(new DiskCall(DiskOperation.Create, Path.GetFileName(path)!, 0, 0)) is var refused and not Ok)
        {
            // SQLite closes a file that failed to open only where it has methods.
            *(nint*)file = 0;
            return refused;
        }

        var result = _system->Open(_system, name, file, flags, outFlags);
        if (result != Ok || *(nint*)file == 0) return result;
        var system = *(nint*)file;
        Open[file] = new OpenFile(disk, Path.GetFileName(path)!, (nint*)system);
        *(nint*)file = Methods.GetOrAdd(system, Replace);
        if (creates) disk.Happened(DiskOperation.Create, Path.GetFileName(path)!, 0, default, ok: true);
        return result;
    }

    static nint Replace(nint system)
    {
        var own = (nint*)NativeMemory.AllocZeroed(MethodCount, (nuint)sizeof(nint));
        for (var i = 0; i < MethodCount; i++) own[i] = ((nint*)system)[i];
        own[Close] = (nint)(delegate* unmanaged[Cdecl]<nint, int>)&OnClose;
        own[Read] = (nint)(delegate* unmanaged[Cdecl]<nint, byte*, int, long, int>)&OnRead;
        own[Write] = (nint)(delegate* unmanaged[Cdecl]<nint, byte*, int, long, int>)&OnWrite;
        own[Truncate] = (nint)(delegate* unmanaged[Cdecl]<nint, long, int>)&OnTruncate;
        own[Sync] = (nint)(delegate* unmanaged[Cdecl]<nint, int, int>)&OnSync;
        return (nint)own;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int OnDelete(Vfs* vfs, byte* name, int syncFolder)
    {
        var path = Marshal.PtrToStringUTF8((nint)name)!;
        if (FaultDisk.Over(path) is not { } disk) return _system->Delete(_system, name, syncFolder);
        var file = Path.GetFileName(path);
        if (disk.Meet(new DiskCall(DiskOperation.Delete, file, 0, 0)) is var refused and not Ok) return refused;
        var result = _system->Delete(_system, name, syncFolder);
        if (result == Ok) disk.Happened(DiskOperation.Delete, file, syncFolder, default, ok: true);
        return result;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int OnClose(nint file)
    {
        Open.TryRemove(file, out var open);
        return ((delegate* unmanaged[Cdecl]<nint, int>)open.System[Close])(file);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int OnRead(nint file, byte* data, int length, long offset)
    {
        var open = Open[file];
        return open.Disk.Meet(new DiskCall(DiskOperation.Read, open.Name, offset, length)) is var refused and not Ok ? refused
            : ((delegate* unmanaged[Cdecl]<nint, byte*, int, long, int>)open.System[Read])(file, data, length, offset);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int OnWrite(nint file, byte* data, int length, long offset)
    {
        var open = Open[file];
        var refused = open.Disk.Meet(new DiskCall(DiskOperation.Write, open.Name, offset, length));
        // What fails has begun: a full disk takes the first half.
        var taken = refused == Ok ? length : length / 2;
        var result = taken == 0 ? Ok : ((delegate* unmanaged[Cdecl]<nint, byte*, int, long, int>)open.System[Write])(file, data, taken, offset);
        open.Disk.Happened(DiskOperation.Write, open.Name, offset, new ReadOnlySpan<byte>(data, taken), ok: true);
        return refused == Ok ? result : refused;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int OnTruncate(nint file, long length)
    {
        var open = Open[file];
        if (open.Disk.Meet(new DiskCall(DiskOperation.Truncate, open.Name, length, 0)) is var refused and not Ok) return refused;
        var result = ((delegate* unmanaged[Cdecl]<nint, long, int>)open.System[Truncate])(file, length);
        open.Disk.Happened(DiskOperation.Truncate, open.Name, length, default, ok: true);
        return result;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int OnSync(nint file, int flags)
    {
        var open = Open[file];
        var refused = open.Disk.Meet(new DiskCall(DiskOperation.Sync, open.Name, 0, 0));
        var result = refused != Ok ? refused : ((delegate* unmanaged[Cdecl]<nint, int, int>)open.System[Sync])(file, flags);
        open.Disk.Happened(DiskOperation.Sync, open.Name, 0, default, result == Ok);
        return result;
    }

    [DllImport(Library, EntryPoint = "sqlite3_vfs_find", CallingConvention = CallingConvention.Cdecl)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory)]
    static extern Vfs* Find(byte* name);

    [DllImport(Library, EntryPoint = "sqlite3_vfs_register", CallingConvention = CallingConvention.Cdecl)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory)]
    static extern int Register(Vfs* vfs, int makeDefault);

    /// <summary>A file that SQLite has open: the disk it is on, and the system's methods for it (a version, then their addresses).</summary>
    readonly struct OpenFile(FaultDisk disk, string name, nint* system)
    {
        public readonly FaultDisk Disk = disk;
        public readonly string Name = name;
        public readonly nint* System = system;
    }

    /// <summary>sqlite3_vfs, version 3.</summary>
    [StructLayout(LayoutKind.Sequential)]
    struct Vfs
    {
        public int Version, FileSize, LongestPath;
        public Vfs* Next;
        public byte* Name;
        public nint Data;
        public delegate* unmanaged[Cdecl]<Vfs*, byte*, nint, int, int*, int> Open;
        public delegate* unmanaged[Cdecl]<Vfs*, byte*, int, int> Delete;
        public nint Access, FullPath, LoadOpen, LoadError, LoadSymbol, LoadClose, Randomness, Sleep, Time, LastError, TimeInt64, SetCall, GetCall, NextCall;
    }
}
