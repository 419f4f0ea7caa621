namespace Probity.Intake;

/// <summary>How the reporter's side is run.</summary>
public sealed record IntakeOptions
{
    /// <summary>Its folder; its record is opened by the host.</summary>
    public required string Folder { get; init; }

    /// <summary>The port of the pages on the loopback address; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The port of the exchange with the node, on the same address; 0 takes a free one.</summary>
    public int ExchangePort { get; init; }

    /// <summary>The address that the exchange listens on; the loopback address unless the node is another machine.</summary>
    public System.Net.IPAddress ExchangeAddress { get; init; } = System.Net.IPAddress.Loopback;

    /// <summary>The names that the pages answer to, beside the loopback's: the onion service, and the name in front of a proxy.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>The address of the onion service (host name alone), told to browsers that can use it; null where there is none.</summary>
    public string? Onion { get; init; }

    /// <summary>Where "leave this page" leads.</summary>
    public string LeaveTo { get; init; } = "https://www.wikipedia.org/";

    /// <summary>The most bytes of one file.</summary>
    public long LongestFile { get; init; } = 500L << 20;

    /// <summary>The hour of the day, UTC, at which covers are recorded and the checkpoint is published.</summary>
    public int PublicationHour { get; init; } = 3;

    /// <summary>At each publication, the count of records is filled up with covers to a multiple of this.</summary>
    public int CoverStep { get; init; } = 16;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
