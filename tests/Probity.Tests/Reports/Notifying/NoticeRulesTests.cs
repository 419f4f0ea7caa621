using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Reports.Contract;
using Probity.Reports.Notifying;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Tests.Architecture;
using Probity.Tests.Cases;

namespace Probity.Tests.Reports.Notifying;

/// <summary>Who may set what, when a round is due, what the settings may say, and what the sender can know.</summary>
public sealed class NoticeRulesTests
{
    static readonly DateTimeOffset s_day = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("Integrity", true), InlineData("Overseer", true)]
    [InlineData("Commander", false), InlineData("Officer", false), InlineData("Custodian", false), InlineData("Prosecutor", false), InlineData("Vetting", false), InlineData("Investigator", false)]
    [InlineData("Monitor", false), InlineData("Secretariat", false), InlineData("Analyst", false), InlineData("Judge", false), InlineData("Registry", false), InlineData("Administrator", false)]
    public void Each_sets_their_own_alone_and_only_who_handles_reports(string role, bool may)
    {
        var register = Staff.Agency().Post("somebody", "port", Enum.Parse<Role>(role)).ToRegister();
        var actor = Actor.From(register, Staff.Id("somebody"), s_day);
        NoticeFacts Facts(string of) => new(Staff.Id(of), NoticeAddress.Initial, actor);
        Assert.Equal(may ? null : Bars.Role, NoticeAccess.Refuses(NoticeAction.Set, Facts("somebody"))?.Code);
        Assert.Null(NoticeAccess.Refuses(NoticeAction.End, Facts("somebody")));
        foreach (var action in Enum.GetValues<NoticeAction>()) Assert.Equal(Bars.Role, NoticeAccess.Refuses(action, Facts("dina"))?.Code);
    }

    [Fact]
    public void Every_role_stands_in_the_table() => Assert.Equal(
        Enum.GetNames<Role>().Order(StringComparer.Ordinal),
        typeof(NoticeRulesTests).GetMethod(nameof(Each_sets_their_own_alone_and_only_who_handles_reports))!.GetCustomAttributes(typeof(InlineDataAttribute), false).Cast<InlineDataAttribute>().Select(d => (string)d.Data[0]!).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("", "en", "notices.address-wrong"), InlineData("ana", "en", "notices.address-wrong"), InlineData("ana@mail.example, eva@mail.example", "en", "notices.address-wrong")]
    [InlineData("Ana <ana@mail.example>", "en", "notices.address-wrong"), InlineData("ana@mail.example\r\nBcc: eva@mail.example", "en", "notices.address-wrong"), InlineData("ana@mail.example\n", "en", "notices.address-wrong")]
    [InlineData("ana@mail.example", "xx", "notices.language-missing"), InlineData("ana@mail.example", null, "notices.language-missing"), InlineData("ana@mail.example", "es", "notices.key-wrong")]
    public void What_is_typed_wrong_is_refused(string? address, string? language, string code)
    {
        var facts = new NoticeFacts(Staff.Id("ana"), NoticeAddress.Initial, new Actor(Staff.Id("ana"), "Ana", ImmutableArray<Post>.Empty));
        Assert.Equal(code, Assert.IsType<Decision.Refused>(SetNoticeKey.Decide(new SetNoticeKey.Command(address, language, "no key"), null, facts)).Refusal.Code);
        Assert.Equal("notices.nothing-set", Assert.IsType<Decision.Refused>(SetNoticeKey.DecideEnd(facts)).Refusal.Code);
    }

    // b begins a round of the day, s ends it with nobody left, w with somebody: at hours of that day. Then whether one is due at an hour.
    [Theory]
    [InlineData("", 5.9, false), InlineData("", 6, true), InlineData("", 23.9, true), InlineData("b6", 7, false), InlineData("b6 s6", 23, false), InlineData("b6 s6", 24, false), InlineData("b6 s6", 29.9, false), InlineData("b6 s6", 30, true)]
    [InlineData("b6 w6", 6.9, false), InlineData("b6 w6", 7, true), InlineData("b6 w6 b7", 10, false), InlineData("b6 w6 b7 w7", 8.9, false), InlineData("b6 w6 b7 w7", 9, true)]
    [InlineData("b6 w6 b7 w7 b9 w9", 12.9, false), InlineData("b6 w6 b7 w7 b9 w9", 13, true), InlineData("b6 w6 b7 w7 b9 w9 b13 w13", 20.9, false), InlineData("b6 w6 b7 w7 b9 w9 b13 w13", 21, true)]
    [InlineData("b23 w23", 24, false), InlineData("b30 s30", 10, false)]
    public void A_round_is_due_once_a_day_and_again_only_for_whom_nothing_was_sent(string happened, double at, bool due)
    {
        var state = SentNotices.Initial;
        foreach (var one in happened.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var when = s_day.AddHours(double.Parse(one[1..], CultureInfo.InvariantCulture));
            var day = DateOnly.FromDateTime(when.UtcDateTime);
            IEvent e = one[0] == 'b' ? new NoticesBegun(day) : new NoticesSent(day, 1, one[0] == 'w' ? 1 : 0, one[0] == 'w' ? [Staff.Id("ana")] : []);
            state = state.Apply(new Recorded(e, EventTypes.NameOf(e.GetType()), 0, SentNotices.Stream, state.Version + 1, when, null, new ActorId(Guid.Empty)));
        }

        Assert.Equal(due, state.IsDue(6, s_day.AddHours(at)));
    }

    [Fact]
    public void The_words_are_of_one_length_in_each_language()
    {
        foreach (var (code, _) in Languages.All)
        {
            var words = NoticeMail.Words(CultureInfo.GetCultureInfo(code));
            Assert.Equal(NoticeMail.Length, words.Length);
            Assert.All(Encoding.UTF8.GetString(words).Split("\r\n"), line => Assert.InRange(line.Length, 0, 200));
        }

        Assert.Equal(Languages.All.Count, Languages.All.Select(l => Encoding.UTF8.GetString(NoticeMail.Words(CultureInfo.GetCultureInfo(l.Code)))).Distinct().Count());
    }

    const string Least = """{"host":"mail.example","port":25,"security":"none","from":"post@mail.example"}""";

    [Theory]
    [InlineData(Least, true), InlineData("""{"host":"192.0.2.1","port":587,"security":"starttls","user":"u","password":"p","from":"a@b.example","subject":"Lembrete","hour":23}""", true)]
    [InlineData("""{"host":"mail.example","port":465,"security":"tls","from":"a@b.example","certificate":"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"}""", true)]
    [InlineData("", false), InlineData("null", false), InlineData("[]", false), InlineData("{}", false), InlineData("""{"host":"mail.example","port":25,"security":"none"}""", false)]
    [InlineData("""{"host":"mail.example","port":"25","security":"none","from":"a@b.example"}""", false), InlineData("""{"host":"mail.example","port":0,"security":"none","from":"a@b.example"}""", false)]
    [InlineData("""{"host":"mail.example","port":25,"security":"ssl","from":"a@b.example"}""", false), InlineData("""{"host":"mail.example","port":25,"security":1,"from":"a@b.example"}""", false)]
    [InlineData("""{"host":"mail.example","port":25,"security":"none","from":"a@b.example","hour":24}""", false), InlineData("""{"host":"mail.example","port":25,"security":"none","from":"a@b.example","subject":"a\nBcc: c"}""", false)]
    [InlineData("""{"host":"mail.example","port":25,"security":"none","from":"a@b.example","user":"u","password":"p"}""", false), InlineData("""{"host":"mail.example","port":25,"security":"tls","from":"a@b.example","user":"u"}""", false)]
    [InlineData("""{"host":"a b","port":25,"security":"none","from":"a@b.example"}""", false), InlineData("""{"host":"mail.example","port":25,"security":"none","from":"no address"}""", false)]
    [InlineData("""{"host":"mail.example","port":25,"security":"tls","from":"a@b.example","certificate":"12"}""", false), InlineData("""{"host":"mail.example","port":25,"security":"none","from":"a@b.example","other":1}""", false)]
    public void Settings_say_all_that_is_needed_and_nothing_else(string text, bool good) => Assert.Equal(good, SmtpSettings.Parse(text) is not null);

    [Fact]
    public void What_settings_leave_out_has_a_default()
    {
        var read = SmtpSettings.Parse(Least)!;
        Assert.Equal(("Reminder", 6, "mail.example"), (read.Subject, read.Hour, read.Domain));
        Assert.DoesNotContain("report", read.Subject, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Settings_that_others_may_read_or_that_are_broken_are_refused_without_their_content()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has other rights on files.");
            return;
        }

        var folder = Directory.CreateTempSubdirectory("smtp-").FullName;
        try
        {
            var file = Path.Combine(folder, "smtp");
            Assert.Null(SmtpSettings.ReadFile(file));
            File.WriteAllText(file, Least);
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
            Assert.Contains("chmod 600", Assert.Throws<InvalidDataException>(() => SmtpSettings.ReadFile(file)).Message, StringComparison.Ordinal);
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            Assert.NotNull(SmtpSettings.ReadFile(file));
            File.WriteAllText(file, """{"password":"zebra-quilt" """);
            var fault = Assert.Throws<InvalidDataException>(() => SmtpSettings.ReadFile(file));
            Assert.Contains("docs/notices.md", fault.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("zebra", fault.ToString(), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // With 0 or with 100 reports the same is sent: what sends is given nothing that knows of reports, and names nothing that does.
    [Fact]
    public void What_sends_knows_nothing_of_reports()
    {
        Assert.Equal(
            ["Clerk", "FoldedStream`1", "ILogger`1", "IRegister", "Mailing", "TimeProvider", "TransparencyLog"],
            typeof(SendNotices).GetConstructors().Single().GetParameters().Select(p => p.ParameterType.Name).Order(StringComparer.Ordinal));
        var sender = typeof(SendNotices).Assembly.GetTypes().Where(t => t.Namespace == typeof(SendNotices).Namespace).ToList();
        Assert.Contains(typeof(NoticeMail), sender);
        Type[] events = [typeof(NoticeKeySet), typeof(NoticeEnded), typeof(NoticesBegun), typeof(NoticesSent)];
        Assert.DoesNotContain(Uses.Of(sender).Select(u => u.Target).Except(events), t => t.Namespace != typeof(SendNotices).Namespace
            && t.Namespace is { } space && (space.StartsWith("Probity.Reports", StringComparison.Ordinal) || space.StartsWith("Probity.Sealing", StringComparison.Ordinal)));
        // The only streams that it reads are the ones of notices.
        var reads = Uses.Of(sender).Where(u => u.Owner == typeof(SendNotices) && u.Target == typeof(TransparencyLog)).Select(u => u.What.Name).Distinct();
        Assert.Equal(["LeadAsync", "get_Stopped"], reads.Where(n => n != nameof(TransparencyLog)).Order(StringComparer.Ordinal));
    }
}
