using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Probity.Sealing;
using Probity.Sealing.Receipts;

namespace Probity.Intake.Returning;

/// <summary>Which of the two offices have somebody who can read a report.</summary>
public enum ReadableBy
{
    /// <summary>The integrity office and the overseers.</summary>
    Both,

    /// <summary>The overseers alone.</summary>
    Overseer,

    /// <summary>The integrity office alone.</summary>
    Integrity,
}

/// <summary>A source at work: in memory only, for half an hour after the last page.</summary>
internal sealed class SourceSession : IDisposable
{
    /// <summary>What the code gives.</summary>
    public required SourceKeys Keys { get; init; }

    /// <summary>The report that it is about.</summary>
    public required Guid Report { get; init; }

    /// <summary>The code, from its making until its source says that they have it.</summary>
    public ReceiptCode? Code { get; set; }

    /// <summary>The mark of the form that it began with; null where it began otherwise.</summary>
    public string? Form { get; init; }

    /// <summary>Who can read it with what was ticked, which its source is told beside the code.</summary>
    public ReadableBy ReadableBy { get; init; }

    /// <summary>Whether a clerk wrote it for somebody else, who gets the code.</summary>
    public bool IsClerk { get; init; }

    /// <summary>How fast the last file came in, in bytes a second; null before the first.</summary>
    public double? Speed { get; set; }

    /// <summary>The most additions that are remembered.</summary>
    const int MostAdded = 500;

    readonly HashSet<string> _added = [];

    /// <summary>Remembers an addition by its mark, for as long as the session lasts.</summary>
    /// <returns>False where it is here already: the answer to it was lost, and it was sent again.</returns>
    public bool IsNew(string mark)
    {
        lock (_added) return _added.Count >= MostAdded ? !_added.Contains(mark) : _added.Add(mark);
    }

    /// <summary>Forgets an addition that was not kept after all.</summary>
    public void Forget(string mark)
    {
        lock (_added) _added.Remove(mark);
    }

    /// <summary>A file that comes in parts; null where none is under way.</summary>
    public UploadInParts? Upload { get; set; }

    /// <summary>The file in parts that was ended last, and how that was answered: for whom the answer did not reach.</summary>
    public (Guid Upload, Task<int> Status)? Ended { get; set; }

    /// <summary>When it was last used.</summary>
    public DateTimeOffset Used { get; set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Keys.Dispose();
        Code?.Dispose();
        Upload?.Dispose();
    }
}

/// <summary>The sessions there are. The cookie holds a random number and ends with the browser; nothing of a session is ever written.</summary>
internal sealed class SourceSessions(TimeProvider time)
{
    /// <summary>The cookie's name, which tells nothing.</summary>
    public const string Cookie = "s";

    /// <summary>How long a session lasts without a page.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);

    // All are gone through no more often than this: not with each request, when there are many.
    static readonly TimeSpan s_sweep = TimeSpan.FromSeconds(10);

    const int Most = 20_000;

    readonly Dictionary<string, SourceSession> _sessions = [];
    // The number of the session that a form began, by the form's mark: as many as there are sessions, at most.
    readonly Dictionary<string, string> _forms = [];
    DateTimeOffset _swept;
    readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>The turn of a form: of two that were sent at once the second waits until the report of the first is there. Whoever gets it releases it.</summary>
    public async Task<SemaphoreSlim> TurnAsync(string form, CancellationToken cancel)
    {
        var turn = _turns[Convert.FromHexString(form)[0] % _turns.Length];
        await turn.WaitAsync(cancel);
        return turn;
    }

    /// <summary>The session that a form began, for whoever sends that form again; null where there is none, or none any more. As long as its code is not with its source the browser gets its cookie again.</summary>
    public SourceSession? Again(HttpContext http, string form)
    {
        var now = time.GetUtcNow();
        string? number;
        SourceSession session;
        lock (_sessions)
        {
            RemoveOld(now);
            if (!_forms.TryGetValue(form, out number) || Living(number, now) is not { } known) return null;
            session = known;
            if (session.Code is null) return session;
            session.Used = now;
        }

        if (http.Request.Cookies[Cookie] != number) End(http);
        http.Response.Cookies.Append(Cookie, number, Form(http));
        return session;
    }

    /// <summary>Begins one, in place of the one that the browser had.</summary>
    public void Begin(HttpContext http, SourceSession session)
    {
        End(http);
        var number = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        session.Used = time.GetUtcNow();
        lock (_sessions)
        {
            if (_sessions.Count >= Most) Remove(_sessions.MinBy(s => s.Value.Used).Key);
            _sessions[number] = session;
            if (session.Form is { } form) _forms[form] = number;
        }

        http.Response.Cookies.Append(Cookie, number, Form(http));
    }

    /// <summary>The session of a request; null where there is none, or none any more.</summary>
    public SourceSession? Of(HttpContext http)
    {
        if (http.Request.Cookies[Cookie] is not { Length: 32 } number) return null;
        var now = time.GetUtcNow();
        lock (_sessions)
        {
            RemoveOld(now);
            if (Living(number, now) is not { } session) return null;
            session.Used = now;
            return session;
        }
    }

    /// <summary>Ends the session of a request, and wipes its keys.</summary>
    public void End(HttpContext http)
    {
        if (http.Request.Cookies[Cookie] is not { } number) return;
        lock (_sessions) Remove(number);
        http.Response.Cookies.Delete(Cookie, Form(http));
    }

    SourceSession? Living(string number, DateTimeOffset now)
    {
        if (!_sessions.TryGetValue(number, out var session)) return null;
        if (session.Used + Idle >= now) return session;
        Remove(number);
        return null;
    }

    void RemoveOld(DateTimeOffset now)
    {
        if (now - _swept < s_sweep && now >= _swept) return;
        _swept = now;
        foreach (var old in _sessions.Where(s => s.Value.Used + Idle < now).Select(s => s.Key).ToList()) Remove(old);
    }

    void Remove(string number)
    {
        if (!_sessions.Remove(number, out var session)) return;
        if (session.Form is { } form && _forms.GetValueOrDefault(form) == number) _forms.Remove(form);
        session.Dispose();
    }

    static CookieOptions Form(HttpContext http) => new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = http.Request.IsHttps, Path = "/", IsEssential = true };
}
