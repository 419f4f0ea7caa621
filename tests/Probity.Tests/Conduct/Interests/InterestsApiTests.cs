using Probity.Access.Contract;
using Probity.Conduct;
using Probity.Conduct.Interests;
using Probity.Tests.Access;
using static Probity.Tests.Access.ApiAnswers;

namespace Probity.Tests.Conduct.Interests;

/// <summary>Interests, outside work and ties over the API of the real server.</summary>
public sealed class InterestsApiTests
{
    const string Path = "/api/interests";
    const string Reason = "Nothing of this firm is given to them.";

    [Fact]
    public async Task What_somebody_declared_is_read_and_decided_by_those_who_may_and_by_nobody_else()
    {
        await using var host = await StaffHost.StartAsync();
        var (officer, me) = (await host.SignedInAsync(Role.Officer), StaffHost.Of(Role.Officer));
        object declared = new { key = Guid.NewGuid(), kind = "financial", subject = "Xylofagos Lda", what = "A tenth of its shares." };
        Assert.Equal((200, 200), (await StatusAsync(officer, Path, declared), await StatusAsync(officer, Path, declared)));
        Assert.Equal(DeclareInterest.KindMissing, await CodeAsync(officer, Path, new { key = Guid.NewGuid(), kind = "outsideWork", subject = "X", what = "Y" }));
        var work = new { key = Guid.NewGuid(), employer = "Night school", what = "Teaches law.", hours = 4, pay = 120.50m, currency = "CVE", until = "2026-12-31" };
        Assert.Equal(200, await StatusAsync(officer, Path + "/work", work));
        Assert.Equal(DeclareInterest.HoursWrong, await CodeAsync(officer, Path + "/work", work with { key = Guid.NewGuid(), hours = 0 }));
        var own = (await ReadAsync(officer, Path)).GetProperty("interests");
        Assert.Equal(["declared", "declared"], own.EnumerateArray().Select(i => i.GetProperty("stage").GetString()));
        Assert.Equal(120.50m, own[1].GetProperty("work").GetProperty("pay").GetDecimal());

        Assert.Equal((401, 401), ((int)(await host.Open().GetAsync(Path)).StatusCode, await StatusAsync(host.Open(), Path, declared)));
        var one = $"{Path}/{me:D}/1";
        object decision = new { verdict = "managed", measures = new[] { "recuse" }, reason = Reason };
        // Reads their own; reads the officer's; advises; decides with no measure, which is refused to whoever may.
        foreach (var (role, list, reads, advises, decides) in new[]
        {
            (Role.Officer, 200, 200, 422, 422), (Role.Commander, 200, 200, 422, 422), (Role.Integrity, 200, 200, 422, 422), (Role.Overseer, 200, 200, 422, 422), (Role.Vetting, 200, 404, 404, 404),
            (Role.Custodian, 200, 404, 404, 404), (Role.Prosecutor, 200, 404, 404, 404), (Role.Investigator, 200, 404, 404, 404), (Role.Administrator, 200, 404, 404, 404), (Role.Judge, 200, 404, 404, 404),
            (Role.Monitor, 403, 404, 404, 404), (Role.Secretariat, 403, 404, 404, 404),
        })
        {
            var who = await host.SignedInAsync(role);
            Assert.Equal((role, list, reads, advises, decides), (
                role, (int)(await who.GetAsync(Path)).StatusCode, (int)(await who.GetAsync(one)).StatusCode, await StatusAsync(who, one + "/advice", new { advice = " " }), await StatusAsync(who, one + "/decision", new { verdict = "managed", reason = Reason })));
            Assert.Equal((404, 404), ((int)(await who.GetAsync($"{Path}/{Guid.NewGuid():D}/1")).StatusCode, await StatusAsync(who, $"{Path}/{me:D}/9/decision", decision)));
        }

        Assert.Equal(200, await StatusAsync(await host.SignedInAsync(Role.Commander), one + "/advice", new { advice = "The firm ships through here every week." }));
        Assert.Equal(404, (int)(await (await host.SignedInAsync(Role.Commander)).GetAsync(one)).StatusCode);
        var integrity = await host.SignedInAsync(Role.Integrity);
        Assert.Equal("The firm ships through here every week.", (await ReadAsync(integrity, one)).GetProperty("advice").GetString());
        Assert.Equal(DecideInterest.MeasureMissing, await CodeAsync(integrity, one + "/decision", new { verdict = "managed", reason = Reason }));
        Assert.Equal(200, await StatusAsync(integrity, one + "/decision", decision));
        var told = await ReadAsync(officer, one);
        Assert.Equal(("managed", "recuse", false), (told.GetProperty("stage").GetString(), told.GetProperty("measures")[0].GetString(), told.TryGetProperty("advice", out _)));
        Assert.Equal(ConductTexts.RecordedOtherwise, await CodeAsync(officer, Path + "/work", work with { hours = 5 }));
    }

    [Fact]
    public async Task A_tie_is_declared_said_to_have_ended_and_kept_from_the_other()
    {
        await using var host = await StaffHost.StartAsync(more: [(Role.Integrity, StaffHost.Agency)]);
        var officer = await host.SignedInAsync(Role.Officer);
        object tie = new { key = Guid.NewGuid(), other = StaffHost.Of(Role.Custodian), kind = "blood", degree = 2 };
        var id = await officer.MadeAsync(Path + "/ties", tie);
        Assert.Equal(id, await officer.MadeAsync(Path + "/ties", tie));
        Assert.Equal(422, await StatusAsync(officer, Path + "/ties", new { key = Guid.NewGuid(), other = Guid.NewGuid(), kind = "blood", degree = 2 }));
        Assert.Equal(id, Assert.Single((await ReadAsync(officer, Path)).GetProperty("ties").EnumerateArray()).GetProperty("id").GetGuid());
        var (one, body) = ($"{Path}/ties/{id:D}", new { reason = "He has married elsewhere." });
        Assert.Equal((401, 401), ((int)(await host.Open().GetAsync(one)).StatusCode, await StatusAsync(host.Open(), one + "/end", body)));
        // Reads it; says that it ended; answers that, before anybody has said so.
        object answer = new { agree = true, reason = "The register of the town says so." };
        foreach (var (role, reads, ends, answers) in new[]
        {
            (Role.Custodian, 404, 404, 404), (Role.Commander, 404, 404, 404), (Role.Prosecutor, 404, 404, 404), (Role.Investigator, 404, 404, 404), (Role.Monitor, 404, 404, 404), (Role.Integrity, 200, 422, 422), (Role.Vetting, 200, 422, 422), (Role.Overseer, 200, 422, 422),
        })
        {
            var who = await host.SignedInAsync(role);
            Assert.Equal((role, reads, ends, answers), (role, (int)(await who.GetAsync(one)).StatusCode, await StatusAsync(who, one + "/end", body), await StatusAsync(who, one + "/end/answer", answer)));
        }

        Assert.Equal(200, await StatusAsync(officer, one + "/end", body));
        Assert.True((await ReadAsync(officer, one)).GetProperty("counts").GetBoolean());
        Assert.Equal(422, await StatusAsync(officer, one + "/end/answer", answer));
        Assert.Equal(200, await StatusAsync(await host.SignedInAsync(Role.Integrity), one + "/end/answer", answer));
        Assert.False((await ReadAsync(officer, one)).GetProperty("counts").GetBoolean());
    }
}
