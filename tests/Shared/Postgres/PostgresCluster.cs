using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Probity.Testing;

/// <summary>
/// A temporary PostgreSQL server on the loopback address, in memory where the machine has such a place. It ends with the process that
/// started it, however that ends.
/// </summary>
internal sealed partial class PostgresCluster : IDisposable
{
    const string Debian = "/usr/lib/postgresql";

    // It waits for the other end of its input to be closed, as it is when this process is gone, and then does what nobody else can.
    const string Watch = """
        exec > /dev/null 2>&1; trap '' HUP INT TERM
        cat
        pid=$(head -n 1 "$0/data/postmaster.pid") && grep -q postgres "/proc/$pid/comm" && kill -QUIT "$pid" && while kill -0 "$pid"; do sleep 0.1; done
        rm -rf "$0"
        """;

    static readonly ConcurrentDictionary<PostgresCluster, bool> Running = new();

    static int s_databases;

    Process? _watch;

    PostgresCluster(string? above = null)
    {
        Place = Path.Combine(above ?? (Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath()), $"postgres-of-tests-{Guid.NewGuid():N}");
        Port = FreePort();
    }

    public string Place { get; }

    public int Port { get; }

    public string Data => Path.Combine(Place, "data");

    public string Host => $"127.0.0.1:{Port}";

    /// <summary>Why no server can be started here, or null.</summary>
    public static string? WhyNot =>
        Bin() is null ? "Debian's postgresql is not installed (apt-get install postgresql)."
        : Environment.UserName == "root" && !File.Exists("/usr/sbin/runuser") && !File.Exists("/sbin/runuser") ? "runuser is not there."
        : null;

    /// <summary>A new server.</summary>
    public static PostgresCluster Start(params string[] settings) => StartIn(null, settings);

    /// <summary>A new server whose data lie in a folder that its user can reach: on a disk, where that is what matters.</summary>
    public static PostgresCluster StartIn(string? above, params string[] settings)
    {
        var cluster = new PostgresCluster(above);
        cluster.MakePlace();
        cluster.Run("initdb", "-D", cluster.Data, "-A", "trust", "-U", "postgres", "--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions");
        cluster.StartServer(settings);
        return cluster;
    }

    /// <summary>A server that follows another one, made from a copy of it.</summary>
    public static PostgresCluster StartStandby(PostgresCluster primary, string name)
    {
        var standby = new PostgresCluster();
        standby.MakePlace();
        standby.Run("pg_basebackup", "-D", standby.Data, "-d", $"host=127.0.0.1 port={primary.Port} user=postgres application_name={name}", "-R", "-X", "stream", "-c", "fast");
        standby.StartServer();
        return standby;
    }

    /// <summary>The connection to a new, empty database.</summary>
    public string NewDatabase()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"t{Interlocked.Increment(ref s_databases)}");
        Execute("postgres", $"CREATE DATABASE {name}");
        return Connection(name);
    }

    public string Connection(string database, string user = "postgres") =>
        $"Host=127.0.0.1;Port={Port};Database={database};Username={user};SSL Mode=Disable;GSS Encryption Mode=Disable;Maximum Pool Size=20;Timeout=30";

    public void Execute(string database, string sql)
    {
        using var connection = new NpgsqlConnection(Connection(database) + ";Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    public void StartServer(params string[] settings)
    {
        var options = string.Join(' ', settings.Select(setting => $"-c {setting}"));
        Run("pg_ctl", "-D", Data, "-w", "-t", "60", "-l", Path.Combine(Place, "log"), "-o",
            $"-p {Port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={Place} -c max_connections=200 -c shared_buffers=64MB -c max_wal_size=256MB {options}", "start");
    }

    /// <summary>As the machine would stop it that lost its power.</summary>
    public void StopAtOnce() => Run("pg_ctl", "-D", Data, "-w", "-m", "immediate", "stop");

    public void Promote() => Run("pg_ctl", "-D", Data, "-w", "promote");

    public void Dispose()
    {
        Running.TryRemove(this, out _);
        if (!Directory.Exists(Place)) return;
        try
        {
            if (File.Exists(Path.Combine(Data, "postmaster.pid"))) StopAtOnce();
        }
        finally
        {
            Directory.Delete(Place, recursive: true);
            _watch?.Dispose();
        }
    }

    void MakePlace()
    {
        Directory.CreateDirectory(Place);
        if (Environment.UserName == "root") Call("chown", "postgres", Place);
        // In a session of its own: what is sent to all of a terminal's does not reach it.
        var start = new ProcessStartInfo("setsid") { RedirectStandardInput = true, ArgumentList = { "sh", "-c", Watch, Place } };
        _watch = Process.Start(start)!;
        // Whoever forgets it is not forgotten, nor is its watch.
        Running[this] = true;
    }

    void Run(string program, params string[] arguments)
    {
        var path = Path.Combine(Bin()!, program);
        // The server refuses to run as root.
        if (Environment.UserName == "root") Call("runuser", ["-u", "postgres", "--", path, .. arguments]);
        else Call(path, arguments);
    }

    void Call(string program, params string[] arguments)
    {
        // A server that was started keeps what it inherits: no pipe is left open to it.
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = Place, ArgumentList = { "-c", "exec \"$@\" >> \"$OUT\" 2>&1 < /dev/null", "sh", program } };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        var said = Path.Combine(Place, "said");
        start.Environment["OUT"] = said;
        using var process = Process.Start(start)!;
        process.WaitForExit();
        if (process.ExitCode == 0) return;
        var log = Path.Combine(Place, "log");
        throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {File.ReadAllText(said)} {(File.Exists(log) ? File.ReadAllText(log) : "")}");
    }

    static string? Bin() => !Directory.Exists(Debian) ? null
        : Directory.EnumerateDirectories(Debian).Select(version => Path.Combine(version, "bin")).Where(bin => File.Exists(Path.Combine(bin, "initdb"))).Order().LastOrDefault();

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
