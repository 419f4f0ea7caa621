using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.Cases.Assigning;
using Probity.Cases.Contract;
using Probity.Ledger;
using Probity.People.Contract;
using Probity.People.Training;
using Probity.Records.Contract;
using Probity.Shared.Record;
using Probity.Tests.Access;

namespace Probity.Tests.People;

/// <summary>Training through the pages and the API of the real server, and what follows from its end with the clock set forward.</summary>
public sealed class TrainingPagesTests
{
    internal static readonly Guid Container = AddCompetence.IdOf("CONTAINER");
    static readonly Guid s_course = new("019a0000-0000-7000-8000-00000000c001");

    internal static async Task<HttpResponseMessage> FormAsync(Tests.Access.Browser who, string page, string action, params (string Field, string Value)[] fields) =>
        await who.PostAsync(action, await who.TextAsync(page), fields.ToDictionary(f => f.Field, f => f.Value));

    static async Task DoneAsync(Task<HttpResponseMessage> sent)
    {
        var answer = await sent;
        Assert.True(answer.IsSuccessStatusCode || answer.StatusCode == HttpStatusCode.SeeOther, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>The starting catalogue, with a course of containers.</summary>
    internal static async Task StartAsync(StaffHost host)
    {
        var integrity = await host.SignedInAsync(Role.Integrity);
        await DoneAsync(FormAsync(integrity, "/training/posts", "/training/posts/start"));
        await DoneAsync(integrity.PostJsonAsync("/api/training/courses", new { course = s_course, title = "Containers", provider = "Customs school", link = "https://school.example/c", competence = Container, level = 2, months = 12 }));
    }

    internal static async Task MarkAsync(StaffHost host, Guid post, Role second = Role.Commander)
    {
        await DoneAsync((await host.SignedInAsync(Role.Integrity)).PostJsonAsync($"/api/training/posts/{post}/competences", new { competence = Container, level = 2, mandatory = true, reason = "Opens containers alone." }));
        await DoneAsync((await host.SignedInAsync(second)).PostJsonAsync($"/api/training/posts/{post}/competences/answer", new { competence = Container, agree = true }));
    }

    internal static async Task AttendAsync(StaffHost host, Guid person, int pre = 41, int post = 83)
    {
        await DoneAsync((await host.SignedInAsync(Role.Integrity)).PostJsonAsync(
            $"/api/training/people/{person}/attendances", new { attendance = Guid.NewGuid(), course = s_course, on = host.Clock.Now.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), pre, post, certificate = "CS-17" }));
    }

    /// <summary>Something of each kind in the list.</summary>
    internal static async Task TrainAsync(StaffHost host, Guid person)
    {
        await StartAsync(host);
        await AttendAsync(host, person);
        await DoneAsync((await host.SignedInAsync(Role.Integrity)).PostJsonAsync(
            $"/api/training/people/{person}/judgements", new { competence = Container, level = 3, on = host.Clock.Now.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), note = "Opened ten beside me." }));
    }

    [Fact]
    public async Task A_course_is_recorded_the_person_reads_the_result_and_their_commander_the_level_alone()
    {
        await using var host = await StaffHost.StartAsync(more: [.. Enumerable.Repeat((Role.Officer, StaffHost.Unit), 4)]);
        var (officer, commander, integrity) = (await host.SignedInAsync(Role.Officer), await host.SignedInAsync(Role.Commander), await host.SignedInAsync(Role.Integrity));
        Assert.Contains("No courses yet", await officer.TextAsync("/training/courses"), StringComparison.Ordinal);
        await StartAsync(host);
        var path = $"/training/people/{StaffHost.Of(Role.Officer)}";
        var asked = await FormAsync(integrity, "/training/posts", "/training/posts/propose", ("post", "Port unit: Post Officer"), ("competence", $"{Container}"), ("level", "2"), ("mandatory", "yes"), ("reason", "Opens containers alone."));
        Assert.Equal(HttpStatusCode.SeeOther, asked.StatusCode);
        Assert.Contains("training is to be asked for", await commander.TextAsync("/steps"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await FormAsync(commander, "/training/posts", "/training/posts/answer", ("post", $"{StaffHost.PostOf(Role.Officer)}"), ("competence", $"{Container}"), ("answer", "yes"))).StatusCode);
        Assert.Contains("asks for training: Inspecting containers, level 2", await (await host.SignedInAsync(Role.Administrator)).TextAsync("/units"), StringComparison.Ordinal);

        // What is wrong is said at its field, and what was typed stays.
        var wrong = await FormAsync(integrity, path, path + "/record", ("course", $"{s_course}"), ("attended-day", "2"), ("attended-month", "3"), ("attended-year", "2026"), ("pre", "many"), ("post", "83"), ("certificate", "CS-17"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        var said = await wrong.Content.ReadAsStringAsync();
        Assert.Contains("href=\"#pre\"", said, StringComparison.Ordinal);
        Assert.Contains("value=\"CS-17\"", said, StringComparison.Ordinal);
        Assert.DoesNotContain(await host.RecordAsync(), r => r.Event is CourseAttended);
        Assert.Equal(HttpStatusCode.SeeOther, (await FormAsync(
            integrity, path, path + "/record", ("key", $"{Guid.NewGuid()}"), ("course", $"{s_course}"), ("attended-day", "2"), ("attended-month", "3"), ("attended-year", "2026"), ("pre", "41"), ("post", "83"), ("certificate", "CS-17"))).StatusCode);
        await host.CaughtUpAsync(TrainingView.ViewName);

        Assert.Contains("83 %", await officer.TextAsync("/training"), StringComparison.Ordinal);
        var seen = await commander.TextAsync(path);
        Assert.Contains("Inspecting containers", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("83 %", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("CS-17", seen, StringComparison.Ordinal);
        var matrix = await commander.TextAsync("/training/matrix");
        Assert.Contains("level 2 of 2", matrix, StringComparison.Ordinal);
        Assert.DoesNotContain("83 %", matrix, StringComparison.Ordinal);
        foreach (var role in Enum.GetValues<Role>().Except([Role.Officer, Role.Commander, Role.Integrity, Role.Overseer]))
        {
            var other = await host.SignedInAsync(role);
            Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.Forbidden), ((await other.GetAsync(path)).StatusCode, (await other.GetAsync("/training/matrix")).StatusCode));
        }

        // What a course does is told once five finished it, and never before.
        Assert.Contains("Too few people to say", await commander.TextAsync("/training/courses"), StringComparison.Ordinal);
        foreach (var (at, post) in ((int, int)[])[(0, 75), (1, 80), (2, 90), (3, 88)]) await AttendAsync(host, StaffHost.Other(at), 40 + at, post);
        await host.CaughtUpAsync(TrainingView.ViewName);
        Assert.Matches("41 % before, 83 % after: (\\+|&#x2B;)42 points", await commander.TextAsync("/training/courses"));
        Assert.DoesNotContain("% before", await officer.TextAsync("/training/courses"), StringComparison.Ordinal);
        Assert.DoesNotMatch("<(img|script|iframe|link)[^>]+school\\.example", await officer.TextAsync("/training/courses"));
    }

    [Fact]
    public async Task Its_end_is_said_to_three_stops_new_work_and_never_what_is_in_hand()
    {
        await using var host = await StaffHost.StartAsync(more: [(Role.Officer, StaffHost.Unit), (Role.Officer, StaffHost.Unit), (Role.Officer, StaffHost.Unit), (Role.Officer, StaffHost.OtherUnit)]);
        await StartAsync(host);
        await MarkAsync(host, StaffHost.PostOf(Role.Officer));
        await MarkAsync(host, StaffHost.PostOfOther(3), Role.Overseer);
        await AttendAsync(host, StaffHost.Of(Role.Officer));
        var until = (await host.RecordAsync()).Select(r => r.Event).OfType<CourseAttended>().Single().Until!.Value;
        Assert.Equal(new DateTimeOffset(2027, 3, 2, 0, 0, 0, TimeSpan.Zero), until);
        await host.CaughtUpAsync(TrainingView.ViewName);

        foreach (var (days, why) in ((int, string?)[])[(31, null), (30, "at most 30 days are left"), (7, "at most 7 days are left"), (1, "It ends within a day"), (-1, "o new case")])
        {
            host.Clock.Now = until.AddDays(-days);
            foreach (var role in (Role[])[Role.Officer, Role.Commander, Role.Integrity])
            {
                var home = await (await host.SignedInAsync(role)).TextAsync("/steps");
                Assert.True(home.Contains("Inspecting containers", StringComparison.Ordinal) == why is not null && (why is null || home.Contains(why, StringComparison.Ordinal)), $"{days} days, {role}: {home}");
            }

            Assert.DoesNotContain("Inspecting containers", await (await host.SignedInAsync(StaffHost.Other(0))).TextAsync("/steps"), StringComparison.Ordinal);
        }

        // The day after: not the next post that asks for it, not the next case; what is in hand is handed over.
        var (admin, officer, commander) = (await host.SignedInAsync(Role.Administrator), await host.SignedInAsync(Role.Officer), await host.SignedInAsync(Role.Commander));
        var postings = $"/api/people/{StaffHost.Of(Role.Officer)}/postings";
        object helps = new { post = StaffHost.PostOfOther(3), reason = "Helps out." };
        Assert.Contains("\"code\":\"posting.not-trained\"", await (await admin.PostJsonAsync(postings, helps)).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var matter = await ClearanceEndsTests.OpenAsync(host, officer);
        await host.UntilAsync(r => r.Event is SeatDrawn);
        Assert.DoesNotContain(StaffHost.Of(Role.Officer), (await host.RecordAsync()).Select(r => r.Event).OfType<AssignmentRequested>().Last().Eligible);
        var other = await ClearanceEndsTests.OpenAsync(host, await host.SignedInAsync(StaffHost.Other(0)));
        object gives = new { seat = "handler", person = StaffHost.Of(Role.Officer), reason = "Knows the route best." };
        Assert.Contains($"\"code\":\"{ProposeAssignment.NotTrained}\"", await (await commander.PostJsonAsync($"/api/cases/{other}/assignment", gives)).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await ClearanceEndsTests.HandOverAsync(officer, await ClearanceEndsTests.SeizeAsync(officer, matter));

        // Renewed, all of it is open again.
        await AttendAsync(host, StaffHost.Of(Role.Officer));
        await host.CaughtUpAsync(TrainingView.ViewName);
        Assert.DoesNotContain("Inspecting containers", await officer.TextAsync("/steps"), StringComparison.Ordinal);
        Assert.DoesNotContain("Inspecting containers", await commander.TextAsync("/steps"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Created, (await admin.PostJsonAsync(postings, helps)).StatusCode);
    }

    [Fact]
    public async Task What_somebody_learned_goes_with_them()
    {
        await using var host = await StaffHost.StartAsync();
        var person = StaffHost.Of(Role.Officer);
        await TrainAsync(host, person);
        Assert.Equal(HttpStatusCode.OK, (await (await host.SignedInAsync(Role.Integrity)).GetAsync($"/training/people/{person}")).StatusCode);
        await host.CaughtUpAsync(TrainingView.ViewName);
        var told = new NewEntry(
            Register.Stream, EventTypes.NameOf(typeof(PersonErased)), EventTypes.Serialize(new PersonErased(person)), new ActorId(StaffHost.Of(Role.Integrity)), new CompartmentId(Register.Stream.Value));
        await host.Log.EraseAsync([], [told], new ActorId(StaffHost.Of(Role.Integrity)), PersonCompartments.ErasedWith(person), null, TestContext.Current.CancellationToken);
        await host.CaughtUpAsync(TrainingView.ViewName);
        var gone = (await host.RecordAsync()).Where(r => r.Stream == PersonTraining.StreamOf(person) || r.Stream == Streams.ReadsOf(new StreamId(person))).ToList();
        Assert.Equal(3, gone.Count);
        Assert.All(gone, r => Assert.Null(r.Event));
        await using var scope = host.Services.CreateAsyncScope();
        var views = scope.ServiceProvider.GetRequiredService<DbContext>();
        Assert.False(await views.Set<HeldRow>().AnyAsync(TestContext.Current.CancellationToken) || await views.Set<ResultRow>().AnyAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_judgement_is_refused_of_oneself_and_by_who_is_nobody_here()
    {
        await using var host = await StaffHost.StartAsync();
        await StartAsync(host);
        object body = new { competence = Container, level = 4, on = "2026-03-02", note = "I know all about them." };
        foreach (var (who, of, code) in ((Role, Role, string)[])[(Role.Integrity, Role.Integrity, Bars.Self), (Role.Commander, Role.Commander, Bars.Self), (Role.Officer, Role.Officer, Bars.Role), (Role.Administrator, Role.Officer, Bars.Role)])
        {
            var answer = await (await host.SignedInAsync(who)).PostJsonAsync($"/api/training/people/{StaffHost.Of(of)}/judgements", body);
            Assert.Contains($"\"code\":\"{code}\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.DoesNotContain(await host.RecordAsync(), r => r.Event is CompetenceAssessed);
    }
}
