namespace Probity.Shared;

/// <summary>Return addresses: only a path on this server is ever followed.</summary>
public static class LocalPath
{
    /// <summary>True for a path that cannot lead to another origin.</summary>
    public static bool IsSafe(string? path) =>
        path is ['/', ..] && (path.Length == 1 || path[1] is not ('/' or '\\')) && path.All(c => c is > ' ' and <= '~' and not '\\');

    /// <summary><paramref name="path"/> if it is safe, otherwise <paramref name="fallback"/>.</summary>
    public static string Or(string? path, string fallback) => IsSafe(path) ? path! : fallback;
}
