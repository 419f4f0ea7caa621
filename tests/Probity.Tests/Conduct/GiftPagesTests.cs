using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.Conduct.Contract;
using Probity.Conduct.Gifts;
using Probity.Shared.Record;
using Probity.Tests.Access;

namespace Probity.Tests.Conduct;

/// <summary>Gifts through the pages of the real server.</summary>
public sealed class GiftPagesTests
{
    internal static async Task<string> DeclareAsync(Tests.Access.Browser who, bool inspected = false)
    {
        var answer = await SendAsync(who, "120,50", inspected);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return answer.Headers.Location!.ToString();
    }

    static async Task<HttpResponseMessage> SendAsync(Tests.Access.Browser who, string value, bool inspected = false, string number = "")
    {
        var form = await who.TextAsync("/conduct/gifts/new");
        var fields = new Dictionary<string, string>
        {
            ["key"] = Regex.Match(form, "name=\"key\" value=\"([^\"]+)\"").Groups[1].Value, ["direction"] = "offered", ["what"] = "A watch Xylofagos", ["value"] = value, ["currency"] = "usd",
            ["giver"] = "Xylofagos Ltd", ["tie"] = "Forwards containers that we inspect.", ["happened"] = "2026-03-02", ["handling"] = "refused", ["case"] = number,
        };
        if (inspected) fields["inspected"] = "yes";
        return await who.PostAsync("/conduct/gifts/new", form, fields);
    }

    internal static async Task<HttpStatusCode> ReviewAsync(Tests.Access.Browser who, string path, string measure, string reason = "It was refused at once.") =>
        (await who.PostAsync($"{path}/review", await who.TextAsync(path), new() { ["measure"] = measure, ["reason"] = reason })).StatusCode;

    [Fact]
    public async Task A_gift_is_declared_reviewed_by_another_and_told_to_the_public_without_names()
    {
        await using var host = await StaffHost.StartAsync(more: [(Role.Integrity, StaffHost.Agency)]);
        var (officer, commander, integrity, overseer) = (await host.SignedInAsync(Role.Officer), await host.SignedInAsync(Role.Commander), await host.SignedInAsync(Role.Integrity), await host.SignedInAsync(Role.Overseer));
        var refused = await SendAsync(officer, "a lot", number: "NAR-2026-9999");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var said = await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("href=\"#value\"", said, StringComparison.Ordinal);
        Assert.Contains("href=\"#case\"", said, StringComparison.Ordinal);

        var path = await DeclareAsync(officer, inspected: true);
        await host.CaughtUpAsync(GiftsView.ViewName);
        var declared = Assert.Single(await host.RecordAsync(), r => r.Event is GiftDeclared);
        Assert.Equal(Compartments.OfPerson(StaffHost.Of(Role.Officer)), declared.Compartment);
        Assert.Contains(path, await integrity.TextAsync("/"), StringComparison.Ordinal);
        Assert.DoesNotContain(path, await overseer.TextAsync("/"), StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"retained\"", await integrity.TextAsync(path), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await ReviewAsync(integrity, path, "retained"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await ReviewAsync(integrity, path, "declined", ""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await officer.PostAsync($"{path}/review", await officer.TextAsync("/conduct/gifts/new"), new() { ["measure"] = "declined", ["reason"] = "It was refused at once." })).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, await ReviewAsync(integrity, path, "declined"));
        Assert.Contains("It was refused at once.", await officer.TextAsync(path), StringComparison.Ordinal);

        // Theirs goes past integrity.
        var senior = await DeclareAsync(commander);
        Assert.DoesNotContain("/review", await integrity.TextAsync(senior), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, await ReviewAsync(overseer, senior, "surrendered"));
        for (var i = 0; i < 4; i++) Assert.Equal(HttpStatusCode.SeeOther, await ReviewAsync(integrity, await DeclareAsync(officer), "declined"));
        await host.CaughtUpAsync(GiftsView.ViewName);
        foreach (var reader in new[] { host.Open(), await host.SignedInAsync(Role.Monitor) })
        {
            var register = await reader.TextAsync("/conduct/gifts/register");
            Assert.Contains("March 2026", register, StringComparison.Ordinal);
            Assert.Contains("below 1,000 USD", register, StringComparison.Ordinal);
            Assert.DoesNotContain("Surrendered", register, StringComparison.Ordinal);
            Assert.Contains("A few more are not shown", register, StringComparison.Ordinal);
            Assert.DoesNotContain("Xylofagos", register, StringComparison.Ordinal);
            Assert.DoesNotContain("Quilombo Officer", register, StringComparison.Ordinal);
        }

        var nowhere = $"/conduct/gifts/{Guid.NewGuid():D}";
        foreach (var role in Enum.GetValues<Role>().Except([Role.Officer, Role.Integrity, Role.Overseer]))
        {
            var other = await host.SignedInAsync(role);
            Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), ((await other.GetAsync(path)).StatusCode, (await other.GetAsync(nowhere)).StatusCode));
        }

        foreach (var role in (Role[])[Role.Administrator, Role.Monitor, Role.Judge, Role.Prosecutor])
            Assert.Equal(HttpStatusCode.Forbidden, (await (await host.SignedInAsync(role)).GetAsync("/conduct/gifts")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await overseer.GetAsync("/conduct/gifts/new")).StatusCode);
        Assert.DoesNotContain(senior, await officer.TextAsync("/conduct/gifts"), StringComparison.Ordinal);
        Assert.Contains(senior, await integrity.TextAsync("/conduct/gifts"), StringComparison.Ordinal);
        Assert.DoesNotContain(host.Logs.Lines, line => line.Contains("Xylofagos", StringComparison.Ordinal));
    }

    [Fact]
    public async Task With_a_person_their_gifts_and_acknowledgements_are_erased()
    {
        await using var host = await StaffHost.StartAsync(more: [(Role.Officer, StaffHost.Unit)]);
        await CodePagesTests.PublishAsync(host);
        var person = StaffHost.Other(0);
        var theirs = await host.SignedInAsync(person);
        await CodePagesTests.AcknowledgeAsync(theirs);
        var path = await DeclareAsync(theirs);
        var log = host.Log;
        // As the room of erasure does it.
        await log.EraseAsync([], [new Probity.Ledger.NewEntry(
            Register.Stream, EventTypes.NameOf(typeof(Probity.Records.Contract.PersonErased)), EventTypes.Serialize(new Probity.Records.Contract.PersonErased(person)),
            new Probity.Ledger.ActorId(StaffHost.Of(Role.Integrity)), new Probity.Ledger.CompartmentId(Register.Stream.Value))],
            new Probity.Ledger.ActorId(StaffHost.Of(Role.Integrity)), PersonCompartments.ErasedWith(person), null, TestContext.Current.CancellationToken);
        foreach (var view in (string[])[GiftsView.ViewName, Probity.Conduct.Viewing.ConductView.ViewName]) await host.CaughtUpAsync(view);
        Assert.Equal(HttpStatusCode.NotFound, (await (await host.SignedInAsync(Role.Integrity)).GetAsync(path)).StatusCode);
        Assert.DoesNotContain(await host.RecordAsync(), r => r.Event is GiftDeclared or CodeAcknowledged);
        await using var scope = host.Services.CreateAsyncScope();
        var views = scope.ServiceProvider.GetRequiredService<DbContext>();
        Assert.Empty(await views.Set<GiftRow>().ToListAsync(TestContext.Current.CancellationToken));
        Assert.DoesNotContain(await views.Set<Probity.Conduct.Viewing.CodePersonRow>().ToListAsync(TestContext.Current.CancellationToken), p => p.Person == person);
    }
}
