using System.IO.Compression;
using System.Reflection;
using System.Text;
using System.Xml;

namespace Probity.Stripping.Confining;

/// <summary>Shuts the process that calls it in: from then on it can compute, read what is open, write what is open, and end.</summary>
internal static class Confinement
{
    const int CpuTime = 0, FileSize = 1, Data = 2, Core = 4, Processes = 6, OpenFiles = 7;
    const int SetDumpable = 4, SetNoNewPrivileges = 38;

    /// <summary>Memory that is not the file's: the runtime, its code, the stacks of its threads.</summary>
    const ulong MemoryOfRuntime = 512 << 20;

    /// <summary>Confines the process.</summary>
    /// <param name="limits">Time and memory.</param>
    /// <returns>What could not be had: codes of <see cref="ConfinementPieces"/>, empty where all could.</returns>
    public static IReadOnlyList<string> Apply(StripLimits limits)
    {
        if (!OperatingSystem.IsLinux())
            return ConfinementPieces.All;
        LoadAll();
        List<string> missing = [];
        var privileges = Kernel.Switch(SetNoNewPrivileges, 1) & Kernel.Switch(SetDumpable, 0);
        Note(ConfinementPieces.Privileges, privileges);
        Note(ConfinementPieces.Landlock, privileges && Landlock.Apply());
        // Root is exempt from the limit of processes, and it counts threads too: what denies new processes is the filter.
        Note(ConfinementPieces.Limits, Kernel.Limit(CpuTime, (ulong)limits.MostTime.TotalSeconds) & Kernel.Limit(FileSize, 0) & Kernel.Limit(Core, 0)
            & Kernel.Limit(Data, (ulong)limits.MostMemory + MemoryOfRuntime) & Kernel.Limit(Processes, 0) & Kernel.Limit(OpenFiles, 0));
        Note(ConfinementPieces.Seccomp, privileges && SeccompFilter.Apply());
        return missing;

        void Note(string piece, bool had)
        {
            if (!had)
                missing.Add(piece);
        }
    }

    // Afterwards no file can be opened: what the runtime would load when first used is loaded now.
    static void LoadAll()
    {
        HashSet<string> seen = [];
        var waiting = new Queue<Assembly>([typeof(MetadataStripper).Assembly]);
        while (waiting.TryDequeue(out var assembly))
        {
            foreach (var name in assembly.GetReferencedAssemblies())
            {
                // Networks and ciphers, which the XML reader could use, are of no use here.
                if (!seen.Add(name.FullName) || name.Name!.StartsWith("System.Net", StringComparison.Ordinal) || name.Name.StartsWith("System.Security", StringComparison.Ordinal))
                    continue;
                try
                {
                    waiting.Enqueue(Assembly.Load(name));
                }
                catch (FileNotFoundException)
                {
                    // The framework names parts that it does not bring along and does not use here.
                }
            }
        }
        // And what lies behind: the native packer, the XML reader's and writer's parts, messages of exceptions.
        var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in new[] { ("[Content_Types].xml", "<a/>"), ("_rels/.rels", "<a><Relationship Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument' Target='b.xml'/></a>"), ("b.xml", "<document xmlns='http://www.w3.org/'><instrText> PAGE </instrText><f>1</f></document>") })
            {
                using var to = zip.CreateEntry(name).Open();
                to.Write(Encoding.UTF8.GetBytes(text));
            }
        }
        foreach (var sample in new[] { packed.ToArray(), "%PDF-1.7\nstartxref\n0"u8.ToArray(), "plain"u8.ToArray(), [0xFF, 0xD8, 0xFF, 0xDB] })
            MetadataStripper.Strip(new MemoryStream(sample), Stream.Null, StripLimits.Default);
        try
        {
            using var reader = XmlReader.Create(new StringReader("<!DOCTYPE a><a>"), new() { DtdProcessing = DtdProcessing.Prohibit });
            reader.Read();
        }
        catch (XmlException e)
        {
            _ = e.Message;
        }
    }
}

/// <summary>The pieces of which the confinement of a process is made.</summary>
public static class ConfinementPieces
{
    /// <summary>Limits of time, memory, files and processes (setrlimit).</summary>
    public const string Limits = "limits";

    /// <summary>No program may give it more rights, nobody may look into it (prctl).</summary>
    public const string Privileges = "no-new-privileges";

    /// <summary>No file may be opened (Landlock, Linux 5.13).</summary>
    public const string Landlock = "landlock";

    /// <summary>No file, no socket, no process, nothing of the kernel's administration (seccomp, x86-64 and ARM64).</summary>
    public const string Seccomp = "seccomp";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Limits, Privileges, Landlock, Seccomp];
}
