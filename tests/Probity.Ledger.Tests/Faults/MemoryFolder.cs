namespace Probity.Ledger.Tests.Faults;

/// <summary>A folder that is gone with the test, in memory where the machine has such a place: these tests write much and keep nothing.</summary>
internal sealed class MemoryFolder : IDisposable
{
    const string SharedMemory = "/dev/shm";

    public string Path { get; } = Directory.Exists(SharedMemory)
        ? Directory.CreateDirectory(System.IO.Path.Combine(SharedMemory, $"probity-{Guid.NewGuid():N}")).FullName
        : Directory.CreateTempSubdirectory("probity-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
