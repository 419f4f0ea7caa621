using System.CommandLine;
using System.Net;
using System.Net.Sockets;

namespace Probity.Cli.Hosting;

/// <summary>The port that a server is to have.</summary>
internal static class Port
{
    /// <summary>The option that names it.</summary>
    public static Option<int> Option(int standard)
    {
        var port = new Option<int>("--port") { Description = "The port on this machine; 0 takes a free one.", HelpName = "N", DefaultValueFactory = _ => standard };
        port.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<int>() is < 0 or > 65_535) given.AddError("--port is a number from 0 to 65535");
        });
        return port;
    }

    /// <summary>Asks for it before anything is made: a server that finds it taken ends in a page of stack trace.</summary>
    /// <exception cref="IOException">It cannot be had; the message says what to do.</exception>
    public static void RequireFree(int port, string option = "--port")
    {
        if (port == 0) return;
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
        }
        catch (SocketException fault)
        {
            var why = fault.SocketErrorCode == SocketError.AccessDenied ? "may not be used by you" : "is taken by another program";
            throw new IOException($"port {port} {why}; name another with {option}, or 0 for any that is free", fault);
        }
    }
}
