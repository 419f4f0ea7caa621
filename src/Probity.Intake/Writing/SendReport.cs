using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Probity.Intake.Keeping;
using Probity.Intake.Pages;
using Probity.Intake.Returning;
using Probity.Sealing;
using Probity.Sealing.Receipts;

namespace Probity.Intake.Writing;

/// <summary>A report is written, sealed for those who may read it, and recorded; its source gets the code. Nothing of it is written before it is sealed.</summary>
internal sealed class SendReport(BookInForce books, IntakeRecord record, SourceSessions sessions, InflowMeter inflow, IStringLocalizer<IntakeText> text)
{
    /// <summary>More units than these are named rather than ticked: a page stays small.</summary>
    const int MostTicks = 60;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/form/{number:int}", (int number, SendReport slice) => slice.Show(number, clerk: false));
        pages.MapPost("/form/{number:int}", (HttpContext http, int number, SendReport slice) => slice.SendAsync(http, number, clerk: false));
        // Who writes for somebody who telephones or stands before them. It asks nobody who they are: they can read nothing back, and what they can write anybody can.
        pages.MapGet("/clerk/{number:int}", (int number, SendReport slice) => slice.Show(number, clerk: true));
        pages.MapPost("/clerk/{number:int}", (HttpContext http, int number, SendReport slice) => slice.SendAsync(http, number, clerk: true));
    }

    IResult Show(int number, bool clerk) =>
        Questionnaire.Of(number) is not { } asked ? Answers.Page<GonePage>(status: StatusCodes.Status404NotFound)
        : books.Current is not { } book ? Answers.Page<ClosedPage>(status: StatusCodes.Status503ServiceUnavailable)
        : Answers.Page<FormPage>(new { Sheet = Sheet(asked, book, ReportForm.Empty, [], clerk) });

    async Task<IResult> SendAsync(HttpContext http, int number, bool clerk)
    {
        if (Questionnaire.Of(number) is not { } asked) return Answers.Page<GonePage>(status: StatusCodes.Status404NotFound);
        if (books.Current is not { } book) return Answers.Page<ClosedPage>(status: StatusCodes.Status503ServiceUnavailable);
        if (!http.Request.HasFormContentType || http.Request.ContentType!.StartsWith("multipart", StringComparison.OrdinalIgnoreCase))
            return Answers.Page<GonePage>(new { Key = "Broken" }, StatusCodes.Status400BadRequest);
        var fields = await http.Request.ReadFormAsync(http.RequestAborted);
        if (Tongue.IsAsked(fields)) return Answers.Page<FormPage>(new { Sheet = AsTyped(asked, book, fields, clerk) });
        if (FormMark.Of(http.Request.Path, fields) is not { } mark) return await TakeAsync(http, asked, book, fields, clerk, null);
        var turn = await sessions.TurnAsync(mark, http.RequestAborted);
        try
        {
            return sessions.Again(http, mark) is { } known ? Again(http, known) : await TakeAsync(http, asked, book, fields, clerk, mark);
        }
        finally
        {
            turn.Release();
        }
    }

    // The answer to the first was lost on its way: the words are shown, as long as nobody has said that they have them. After that they are nowhere any more.
    IResult Again(HttpContext http, SourceSession known) =>
        known.Code is not null ? Answers.SeeOther(http, $"/{Answers.Language}/code")
        : sessions.Of(http) == known ? Answers.SeeOther(http, $"/{Answers.Language}/mine")
        : Answers.Page<GonePage>(new { Key = "Already" }, StatusCodes.Status409Conflict);

    async Task<IResult> TakeAsync(HttpContext http, Questionnaire asked, RecipientBook book, IFormCollection fields, bool clerk, string? mark)
    {
        var (form, faults) = ReportForm.Read(fields, asked, book, clerk);
        if (faults.Count > 0) return Answers.Page<FormPage>(new { Sheet = Sheet(asked, book, form, faults, clerk) }, StatusCodes.Status422UnprocessableEntity);
        var routing = Routing.Of(book, form.Without);
        if (!routing.HasReaders(book)) return Answers.Page<FormPage>(new { Sheet = Sheet(asked, book, form, [], clerk) with { IsForNobody = true } }, StatusCodes.Status422UnprocessableEntity);
        // A name that nobody could ever open is not taken for one that is kept.
        if ((form.Name.Length > 0 || form.Contact.Length > 0) && !routing.Has(book, HolderPart.Custodian))
            return Answers.Page<FormPage>(new { Sheet = Sheet(asked, book, form, [new FormFault(form.Name.Length > 0 ? "name" : "contact", "Fault.NoKeeper")], clerk) }, StatusCodes.Status422UnprocessableEntity);

        var answers = asked.Questions.Where(question => form.Answers[question.Key].Length > 0).Select(question => new ContentAnswer(question.Key, form.Answers[question.Key])).ToList();
        var content = new DepositContent(
            true, asked.Key, Answers.Language, form.Channel, answers, form.Without, routing.People(book), [], inflow.Count(answers.Select(answer => answer.Text), routing.People(book)));
        if (content.Write().Length > DepositContent.Longest)
            return Answers.Page<FormPage>(new { Sheet = Sheet(asked, book, form, [new FormFault(asked.Questions[0].Key, "Fault.All")], clerk) }, StatusCodes.Status422UnprocessableEntity);

        var code = ReceiptCode.Generate(Answers.Language);
        var keys = new SourceKeys(code.Secret);
        var report = Guid.NewGuid();
        // Once it is handed over it is recorded, whether or not the line still stands.
        await record.KeepAsync(Deposit.Seal(report, keys, book, routing, content, new DepositIdentity(form.Name, form.Contact), []), CancellationToken.None);
        // By the ticks alone: what is said beside the code must not tell whether a name was known.
        var ticked = Routing.Of(book, form.Without with { Names = [] });
        var readableBy = !ticked.Has(book, HolderPart.Integrity) ? ReadableBy.Overseer : ticked.Has(book, HolderPart.Overseer) ? ReadableBy.Both : ReadableBy.Integrity;
        sessions.Begin(http, new SourceSession { Keys = keys, Report = report, Code = code, Form = mark, ReadableBy = readableBy, IsClerk = clerk });
        return Answers.SeeOther(http, $"/{Answers.Language}/code");
    }

    // As it was typed, whatever is wrong with it: that is said once it is sent.
    FormSheet AsTyped(Questionnaire asked, RecipientBook book, IFormCollection fields, bool clerk) => Sheet(asked, book, ReportForm.Read(fields, asked, book, clerk).Form, [], clerk) with
    {
        Fields = asked.Questions.Select(question => question.Key).Append("names").Append("name").Append("contact").ToDictionary(field => field, field => fields[field].ToString()),
    };

    FormSheet Sheet(Questionnaire asked, RecipientBook book, ReportForm form, IReadOnlyList<FormFault> faults, bool clerk)
    {
        var fields = new Dictionary<string, string>(form.Answers) { ["names"] = string.Join('\n', form.Without.Names), ["name"] = form.Name, ["contact"] = form.Contact };
        var (units, posts) = (form.Without.Units.ToHashSet(), form.Without.Posts.ToHashSet());
        var small = book.Units.Count <= MostTicks;
        return new FormSheet(asked.Number, asked.Key, [.. asked.Questions.Select(question => new AskedQuestion(question.Key, question.IsLong, question.IsRequired))])
        {
            Units = small ? [.. Tree(book, null, 0).Select(unit => new Tickable(unit.Unit.Id, unit.Unit.Name, unit.Depth, units.Contains(unit.Unit.Id)))] : [],
            Posts = small && book.Posts.Count <= MostTicks ? [.. book.Posts.Select(post => new Tickable(post.Id, post.Title, 0, posts.Contains(post.Id)))] : [],
            Once = FormMark.Draw(),
            IsClerk = clerk,
            Channel = form.Channel,
            HasCustodian = book.Holders.Any(holder => holder.Part == HolderPart.Custodian),
            Integrity = book.Holders.Count(holder => holder.Part == HolderPart.Integrity),
            Overseers = book.Holders.Count(holder => holder.Part == HolderPart.Overseer),
            Faults = [.. faults.Select(fault => new RefusedField(fault.Field, text[fault.Text]))],
            Fields = fields,
        };
    }

    // Each unit behind the one that it is part of.
    static IEnumerable<(BookUnit Unit, int Depth)> Tree(RecipientBook book, Guid? parent, int depth)
    {
        if (depth > MostTicks) yield break;
        foreach (var unit in book.Units.Where(unit => unit.Parent == parent))
        {
            yield return (unit, depth);
            foreach (var below in Tree(book, unit.Id, depth + 1)) yield return below;
        }
    }
}
