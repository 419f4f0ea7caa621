using System.Text;
using Probity.Access.Contract;
using Probity.Reports.Contract;
using Probity.Reports.Handling;
using Probity.Sealing;
using Probity.Shared.Record;

namespace Probity.Tests.Reports;

/// <summary>What is decided about reports, without any store; the sealing is real.</summary>
public sealed class HandlingTests
{
    const string Words = HandlingHouse.Words;

    static Guid Id(string name) => HandlingHouse.Id(name);

    [Fact]
    public void A_person_acknowledges_once_with_words_that_the_source_alone_reads_again()
    {
        using var house = new HandlingHouse();
        Assert.Equal((StaffText.Missing, StaffText.TooShort, StaffText.Unfit), (house.Acknowledge("ines", " "), house.Acknowledge("ines", "Read."), house.Acknowledge("ines", "Read by \u202E a person")));
        var act = Id("the act");
        Assert.Equal("SourceTold,AnswerGiven,ReportAcknowledged", house.Acknowledge("ines", "We have read what you wrote.", act));
        // The same form again is no second act; another one is refused.
        Assert.Equal(("", AcknowledgeReport.Already, AcknowledgeReport.Already), (house.Acknowledge("ines", "We have read what you wrote.", act), house.Acknowledge("ines"), house.Acknowledge("ivo")));
        var given = house.Filed.Select(f => f.Event).OfType<AnswerGiven>().Single();
        Assert.Equal((HandlingHouse.ReportId, HandlingHouse.Received), (given.Report, given.Day));
        Assert.Equal((SourceStage.Acknowledged, "We have read what you wrote."), (house.Sealed.Read(given)!.Stage!.Value, house.Sealed.Read(given)!.Text));
        // Of another day or report it does not open.
        Assert.Null(house.Sealed.Read(given with { Day = given.Day.AddDays(1) }));
        Assert.Equal(new DateOnly(2026, 3, 9), house.Filed.Select(f => f.Event).OfType<ReportAcknowledged>().Single().Due);
    }

    [Fact]
    public void The_day_that_the_source_is_told_is_the_day_that_the_page_shows()
    {
        using var house = new HandlingHouse();
        foreach (var day in (int[])[0, 3, 7, 9])
        {
            house.Day(day);
            var told = AcknowledgeReport.FeedbackBy(house.As("ines")!);
            using var acknowledged = new HandlingHouse();
            acknowledged.Day(day);
            acknowledged.Acknowledge("ines");
            Assert.Equal(acknowledged.Clock.Lines.Single(l => l.Kind == ClockKind.Feedback).Due, told);
        }
    }

    [Fact]
    public void What_people_write_stands_on_the_record_in_boxes_that_only_readers_open_and_all_of_it_in_one_compartment()
    {
        const string canary = "Xylofagos told the guard";
        using var house = new HandlingHouse(without: "ivo");
        house.Acknowledge("ines", canary);
        house.Triage("ines", risk: RetaliationRisk.High, protection: canary, text: canary);
        house.Take("ines");
        house.Tell("ines", text: canary);
        house.Note("oscar", canary);
        house.Find("ines", Finding.NotEstablished, canary);
        house.Tell("ines", feedback: true, text: canary);
        Assert.Equal(nameof(ClosingAsked), house.Close("ines", text: canary, message: canary));
        house.Answer("oscar", agrees: false, canary);
        house.Close("ines", text: canary, message: canary);
        Assert.Equal("SourceTold,AnswerGiven,ReportClosed", house.Answer("oscar"));
        house.SourceWrites(canary);
        house.Reopen("ines", canary);
        house.Aside("ines", canary);
        Assert.Equal(20, house.Filed.Count);
        foreach (var filing in house.Filed)
        {
            var payload = Encoding.UTF8.GetString(EventTypes.Serialize(filing.Event));
            Assert.DoesNotContain("Xylofagos", payload, StringComparison.OrdinalIgnoreCase);
            foreach (var part in payload.Split('"').Where(p => p.Length > 40))
                Assert.DoesNotContain("Xylofagos", Encoding.UTF8.GetString(Bytes(part)), StringComparison.OrdinalIgnoreCase);
            Assert.Equal((Report.StreamOf(HandlingHouse.ReportId), null), (filing.Stream, filing.Compartment));
        }

        // A reader opens it; bound to another act it does not open, nor of another report.
        var note = house.Filed.Select(f => f.Event).OfType<NoteWritten>().Single();
        var opened = house.As("olga")!.Opened;
        Assert.Equal((canary, null, null), (StaffText.Open(opened, note.Id, note.Box), StaffText.Open(opened, Id("another"), note.Box), StaffText.Open(opened with { Report = Id("other") }, note.Id, note.Box)));
        Assert.Null(house.As("ivo"));
    }

    [Fact]
    public void A_text_that_is_too_long_is_refused_and_not_cut_and_the_ends_of_lines_count_once()
    {
        using var house = new HandlingHouse();
        var fits = string.Join("\r\n", Enumerable.Repeat(new string('a', 99), 40)) + "a";
        Assert.Equal((StaffText.Most, StaffText.Most + 39), (StaffText.LengthOf(fits), fits.Length));
        Assert.Equal((StaffText.TooLong, StaffText.TooLong), (house.Acknowledge("ines", fits + "a"), house.Note("ines", fits + "a")));
        Assert.Equal(("SourceTold,AnswerGiven,ReportAcknowledged", fits), (house.Acknowledge("ines", fits), house.Sealed.Read(house.Filed.Select(f => f.Event).OfType<AnswerGiven>().Single())!.Text));
        // However many bytes the characters take.
        Assert.Equal("NoteWritten", house.Note("ines", new string('\u4e00', StaffText.Most)));
        house.Triage("ines", TriageVerdict.NotWrongdoing);
        house.Take("ines");
        Assert.Equal("SourceTold,AnswerGiven", house.Tell("ines", text: new string('\u4e00', StaffText.Most)));
        Assert.Equal(StaffText.TooLong, house.Close("ines", CloseReason.NotWrongdoing, message: fits + "a"));
    }

    [Fact]
    public void All_that_is_wrong_in_a_form_is_said_at_once_each_at_its_field()
    {
        Assert.Equal(
            [("verdict", TriageReport.VerdictMissing), ("urgency", TriageReport.UrgencyMissing), ("risk", TriageReport.RiskMissing), ("protection", TriageReport.ProtectionMissing), ("words", StaffText.Missing)],
            TriageReport.Faults(new(Guid.Empty, Guid.Empty, null, null, null, true, "", "")).Select(f => (f.Field, f.Code)));
        Assert.Equal(
            [("protection", StaffText.TooLong), ("words", StaffText.TooShort)],
            TriageReport.Faults(new(Guid.Empty, Guid.Empty, TriageVerdict.Junk, ReportUrgency.Usual, RetaliationRisk.Low, false, "Short.", new string('a', 4_001))).Select(f => (f.Field, f.Code)));
        Assert.Equal(
            [("reason", CloseReport.ReasonMissing), ("words", StaffText.Missing), ("message", CloseReport.MessageMissing)],
            CloseReport.Faults(new CloseReport.Command(Guid.Empty, Guid.Empty, null, null, null)).Select(f => (f.Field, f.Code)));
        Assert.Equal([("message", StaffText.TooLong)], CloseReport.Faults(new CloseReport.Command(Guid.Empty, Guid.Empty, CloseReason.Junk, Words, new string('a', 4_001))).Select(f => (f.Field, f.Code)));
        Assert.Equal([("finding", RecordFinding.FindingMissing), ("words", StaffText.Missing)], RecordFinding.Faults(new(Guid.Empty, Guid.Empty, null, null)).Select(f => (f.Field, f.Code)));
        Assert.Equal([("agrees", CloseReport.AgreesMissing), ("words", StaffText.Missing)], ReviewClosing.Faults(new(Guid.Empty, Guid.Empty, null, null)).Select(f => (f.Field, f.Code)));
        Assert.Equal(
            [("message", StaffText.Missing), ("until", TellSource.UntilWrong)],
            TellSource.Faults(new(Guid.Empty, Guid.Empty, " ", HandlingHouse.Received, false), HandlingHouse.Received).Select(f => (f.Field, f.Code)));
    }

    // A part of a payload that is base64, as its bytes.
    static byte[] Bytes(string part)
    {
        var bytes = new byte[part.Length];
        return Convert.TryFromBase64String(part, bytes, out var length) ? bytes[..length] : [];
    }

    [Fact]
    public void A_text_is_filled_up_so_that_its_length_tells_little()
    {
        using var house = new HandlingHouse();
        house.Note("ines", "Ten or so.");
        house.Note("ines", new string('a', 400));
        Assert.Single(house.Filed.Select(f => ((NoteWritten)f.Event).Box.Length).Distinct());
    }

    [Fact]
    public void It_is_assessed_after_it_was_answered_and_what_is_done_about_retaliation_is_said_where_there_is_any()
    {
        using var house = new HandlingHouse();
        Assert.Equal(TriageReport.NotAcknowledged, house.Triage("ines"));
        house.Acknowledge("ines");
        Assert.Equal((TriageReport.VerdictMissing, TriageReport.UrgencyMissing, TriageReport.RiskMissing, StaffText.Missing),
            (house.Triage("ines", null), house.Triage("ines", urgency: null), house.Triage("ines", risk: null), house.Triage("ines", text: "")));
        Assert.Equal((TriageReport.ProtectionMissing, TriageReport.ProtectionMissing), (house.Triage("ines", risk: RetaliationRisk.Medium), house.Triage("ines", retaliated: true)));
        Assert.Equal(nameof(ReportTriaged), house.Triage("ines", risk: RetaliationRisk.High, protection: "Moved to another shift."));
        // The first day counts, whatever is said later.
        house.Day(12);
        Assert.Equal((nameof(ReportTriaged), HandlingHouse.Received), (house.Triage("ivo", TriageVerdict.Referred), house.Report.TriagedOn!.Value));
        // Junk alone is not written to; as long as one alone calls it that, its days go on.
        using var flood = new HandlingHouse();
        Assert.Equal((nameof(ReportTriaged), ClockKind.Acknowledgement), (flood.Triage("ines", TriageVerdict.Junk), flood.Clock.Next!.Kind));
        flood.Day(8);
        Assert.Equal((nameof(ReportTaken), nameof(ClosingAsked), true), (flood.Take("ines"), flood.Close("ines", CloseReason.Junk, message: null), flood.Clock.IsEscalated));
        flood.Answer("ivo");
        Assert.Equal((0, false), (flood.Clock.Lines.Count, flood.Clock.IsEscalated));
    }

    [Fact]
    public void One_answers_for_it_a_second_works_with_them_and_who_is_gone_or_too_late_is_replaced()
    {
        using var house = new HandlingHouse();
        house.Acknowledge("ines");
        Assert.Equal(TakeReport.TriageFirst, house.Take("ines"));
        house.Triage("ines");
        Assert.Equal((nameof(ReportTaken), TakeReport.Already, nameof(ReportTaken)), (house.Take("ines"), house.Take("ines"), house.Take("ivo")));
        Assert.Equal((Id("ines"), Id("ivo")), (house.Report.Handler!.Value, house.Report.Second!.Value));
        // An overseer has no part in it until a day is missed.
        Assert.Equal(Bars.Role, house.Take("oscar"));
        house.Day(100);
        Assert.Equal((nameof(ReportTaken), Id("oscar"), Id("ivo")), (house.Take("oscar"), house.Report.Handler!.Value, house.Report.Second!.Value));
        Assert.Equal((Bars.Role, "SourceTold,AnswerGiven,FeedbackGiven"), (house.Tell("ines", feedback: true), house.Tell("oscar", feedback: true)));
    }

    [Fact]
    public void The_source_is_told_where_it_stands_and_feedback_is_given_once()
    {
        using var house = new HandlingHouse().InHand();
        Assert.Equal(Bars.Role, house.Tell("ivo"));
        Assert.Equal((TellSource.UntilWrong, TellSource.UntilWrong), (house.Tell("ines", until: HandlingHouse.Received), house.Tell("ines", until: HandlingHouse.Received.AddDays(400))));
        Assert.Equal("SourceTold,AnswerGiven", house.Tell("ines", until: HandlingHouse.Received.AddDays(20)));
        house.Tell("ines");
        Assert.Equal(("SourceTold,AnswerGiven,FeedbackGiven", TellSource.FeedbackAlready), (house.Tell("ines", feedback: true), house.Tell("ines", feedback: true)));
        Assert.Equal([SourceStage.Acknowledged, SourceStage.LookedInto, null, SourceStage.Answered], house.Filed.Select(f => f.Event).OfType<SourceTold>().Select(t => t.Stage));
        Assert.False(house.As("ines")!.SourceWrote);
        house.SourceWrites();
        Assert.True(house.As("ines")!.SourceWrote);
        house.Tell("ines");
        Assert.False(house.As("ines")!.SourceWrote);
    }

    [Fact]
    public void Without_action_it_is_closed_by_two_another_of_integrity_or_else_an_overseer()
    {
        using var house = new HandlingHouse().InHand();
        Assert.Equal((CloseReport.ReasonMissing, CloseReport.ReasonUnfit), (house.Close("ines", null), house.Close("ines")));
        house.Find("ines");
        Assert.Equal((StaffText.Missing, CloseReport.MessageMissing, CloseReport.NotAsked), (house.Close("ines", text: ""), house.Close("ines", message: " "), NotAsked()));
        Assert.Equal((nameof(ClosingAsked), CloseReport.AskedAlready), (house.Close("ines"), house.Close("ines")));
        // Not alone, and no overseer while integrity has another reader.
        Assert.Equal((Bars.Role, Bars.Role, CloseReport.AgreesMissing), (house.Answer("ines"), house.Answer("oscar"), house.Answer("ivo", null)));
        Assert.Equal((StaffText.Missing, nameof(ClosingReturned), ReportStage.InHand), (house.Answer("ivo", false, ""), house.Answer("ivo", false), house.Report.Stage));
        house.Close("ines");
        // What came meanwhile has to be read first.
        house.SourceWrites();
        Assert.Equal(CloseReport.SourceWrote, house.Answer("ivo"));
        house.Answer("ivo", false);
        house.Close("ines", message: "We looked into it and found nothing.");
        Assert.DoesNotContain(house.Filed, f => f.Event is SourceTold { Stage: SourceStage.Closed });
        house.Day(5);
        Assert.Equal("SourceTold,AnswerGiven,ReportClosed", house.Answer("ivo"));
        var told = house.Sealed.Read(house.Filed.Select(f => f.Event).OfType<AnswerGiven>().Last())!;
        Assert.Equal((SourceStage.Closed, "We looked into it and found nothing.", HandlingHouse.Received.AddDays(5)), (told.Stage!.Value, told.Text, house.Report.ClosedOn!.Value));

        using var few = new HandlingHouse(without: "ivo").InHand();
        few.Find("ines");
        few.Close("ines");
        Assert.Equal((Bars.Role, "SourceTold,AnswerGiven,ReportClosed"), (few.Answer("ines"), few.Answer("oscar")));

        string NotAsked() => house.Do("ivo", ReportAction.View, (f, id) => CloseReport.Decide(new CloseReport.Answer(HandlingHouse.ReportId, id, true, null), null, null, f));
    }

    [Theory]
    // No other name gets round the second person: acting rests on a finding, a referral on the assessment.
    [InlineData(nameof(TriageVerdict.WithinRemit), null, nameof(CloseReason.Acted), CloseReport.ReasonUnfit), InlineData(nameof(TriageVerdict.WithinRemit), nameof(Finding.NotSubstantiated), nameof(CloseReason.Acted), CloseReport.ReasonUnfit)]
    [InlineData(nameof(TriageVerdict.WithinRemit), nameof(Finding.PartlySubstantiated), nameof(CloseReason.Acted), nameof(ClosingAsked)), InlineData(nameof(TriageVerdict.WithinRemit), null, nameof(CloseReason.Referred), CloseReport.ReasonUnfit)]
    [InlineData(nameof(TriageVerdict.Referred), null, nameof(CloseReason.Referred), nameof(ClosingAsked)), InlineData(nameof(TriageVerdict.NotWrongdoing), null, nameof(CloseReason.NotWrongdoing), nameof(ClosingAsked))]
    [InlineData(nameof(TriageVerdict.WithinRemit), null, nameof(CloseReason.Junk), CloseReport.ReasonUnfit), InlineData(nameof(TriageVerdict.Junk), null, nameof(CloseReason.Junk), nameof(ClosingAsked))]
    public void A_reason_fits_what_was_assessed_and_found(string verdict, string? finding, string reason, string code)
    {
        using var house = new HandlingHouse().InHand(verdict: Enum.Parse<TriageVerdict>(verdict));
        if (finding is not null) house.Find("ines", Enum.Parse<Finding>(finding));
        Assert.Equal(code, house.Close("ines", Enum.Parse<CloseReason>(reason)));
    }

    [Fact]
    public void Whoever_steps_aside_finds_no_report_any_more_and_the_last_reader_cannot()
    {
        using var house = new HandlingHouse(without: "olga").InHand();
        house.Find("ines");
        house.Close("ines");
        Assert.Equal(nameof(SteppedAside), house.Aside("ines", "A cousin works at that gate."));
        // Nothing that they asked for waits, and what they had in hand is free.
        Assert.Equal((null, null, ReportStage.Triaged), (house.Report.Closing, house.Report.Handler, house.Report.Stage));
        foreach (var refused in new[] { house.Note("ines"), house.Take("ines"), house.Aside("ines"), house.Tell("ines"), house.Close("ines"), house.Answer("ines"), house.Acknowledge("ines") }) Assert.Equal(Bars.Role, refused);
        Assert.Equal((Bars.Role, false), (ReportAccess.Refuses(ReportAction.View, house.As("ines"))!.Code, ReportAccess.Lists(house.As("ines")!)));
        // The same answer as to whoever never could open it, and the others see that they stepped aside.
        Assert.Equal(ReportAccess.Refuses(ReportAction.View, house.As("olga")), ReportAccess.Refuses(ReportAction.View, house.As("ines")));
        Assert.Contains(Id("ines"), house.As("ivo")!.Report.Aside);
        Assert.Equal(nameof(SteppedAside), house.Aside("ivo"));
        // Nobody of integrity is left: the overseer handles, and is the last.
        Assert.Equal((true, nameof(ReportTaken), StepAside.LastReader), (ReportAccess.Lists(house.As("oscar")!), house.Take("oscar"), house.Aside("oscar")));
    }

    [Fact]
    public void It_is_opened_again_where_the_source_wrote_and_the_time_for_feedback_begins_anew()
    {
        using var house = new HandlingHouse().InHand();
        Assert.Equal(ReopenReport.NotClosed, house.Reopen("ines"));
        house.Find("ines", Finding.Substantiated);
        Assert.Equal((nameof(ClosingAsked), "SourceTold,AnswerGiven,ReportClosed"), (house.Close("ines", CloseReason.Acted), house.Answer("ivo")));
        Assert.Equal((AcknowledgeReport.IsClosed, AcknowledgeReport.IsClosed, ReopenReport.NothingNew), (house.Tell("ines"), house.Find("ines"), house.Reopen("ivo")));
        Assert.Null(house.Clock.Next);
        house.Day(40);
        house.SourceWrites();
        Assert.Equal((nameof(ReportReopened), new DateOnly(2026, 7, 11)), (house.Reopen("ivo"), house.Clock.Next!.Due));
        Assert.Equal("SourceTold,AnswerGiven,FeedbackGiven", house.Tell("ines", feedback: true));
    }

    [Fact]
    public void It_is_opened_again_too_where_somebody_writes_what_became_known_and_the_source_is_told_nothing()
    {
        using var house = new HandlingHouse(without: "olga").InHand();
        house.Find("ines");
        house.Close("ines");
        house.Answer("ivo");
        house.Day(40);
        // Not without reasons, nor by an overseer who had no part in it, nor by whoever has no post for it.
        Assert.Equal((ReopenReport.NothingNew, ReopenReport.NothingNew, StaffText.TooShort), (house.Reopen("ivo"), house.Reopen("ivo", "  "), house.Reopen("ivo", "New.")));
        Assert.Equal((Bars.Role, Bars.Role), (house.Reopen("oscar", Words), house.Reopen("root", Words)));
        var told = house.Filed.Count(f => f.Event is AnswerGiven);
        Assert.Equal((nameof(ReportReopened), ReportStage.InHand, new DateOnly(2026, 7, 11)), (house.Reopen("ivo", "The ledger of the gate was found."), house.Report.Stage, house.Clock.Next!.Due));
        var opened = (ReportReopened)house.Report.Acts[^1].Event;
        Assert.Equal("The ledger of the gate was found.", StaffText.Open(house.As("oscar")!.Opened, opened.Id, opened.Box));
        Assert.Equal(told, house.Filed.Count(f => f.Event is AnswerGiven));
        Assert.Equal(ReopenReport.NotClosed, house.Reopen("ivo", Words));
    }

    [Fact]
    public void What_was_drawn_is_looked_at_though_it_was_opened_again_and_closed_in_another_month()
    {
        using var house = new HandlingHouse().InHand(verdict: TriageVerdict.Referred);
        house.Close("ines", CloseReason.Referred);
        house.Answer("ivo");
        var draws = Of("2026-03");
        Assert.True(draws.Names(house.Report));
        house.Day(40);
        house.Reopen("ines", Words);
        Assert.False(draws.Names(house.Report));
        house.Close("ines", CloseReason.Referred);
        house.Answer("ivo");
        Assert.Equal(new DateOnly(2026, 4, 11), house.Report.ClosedOn);
        Assert.True(draws.Names(house.Report));
        // Once somebody has looked, the draw of that month has been done.
        house.Drawn = true;
        Assert.Equal(nameof(ClosingReviewed), house.Review("olga"));
        Assert.False(draws.Names(house.Report));
        house.Day(80);
        house.Reopen("ines", Words);
        house.Find("ines", Finding.Substantiated);
        house.Close("ines", CloseReason.Referred);
        house.Answer("ivo");
        Assert.Equal((false, true), (draws.Names(house.Report), Of("2026-05").Names(house.Report)));
        // What something was done about is not looked at for want of it.
        house.Reopen("ines", Words);
        house.Close("ines", CloseReason.Acted);
        house.Answer("ivo");
        Assert.False(Of("2026-05").Names(house.Report));

        ReviewDraws Of(string month)
        {
            var stream = house.Report.Stream.Value;
            return ReviewDraws.Initial with { All = ReviewDraws.Initial.All.Add(month, new ReviewDraw(month, [stream], 1, 1, 1) { Seed = "00", Drawn = [stream] }) };
        }
    }

    [Fact]
    public void Those_without_action_and_referrals_are_drawn_from_and_nothing_else() =>
        Assert.Equal([CloseReason.Referred, CloseReason.NoAction, CloseReason.NotWrongdoing, CloseReason.Junk], Enum.GetValues<CloseReason>().Where(Report.IsDrawnFrom));

    [Fact]
    public void A_drawn_closing_is_looked_at_by_an_overseer_who_had_no_part_in_it_and_has_none_afterwards()
    {
        using var house = new HandlingHouse(without: "ivo").InHand();
        house.Find("ines");
        house.Close("ines");
        house.Answer("oscar");
        Assert.Equal((Bars.Role, false), (house.Review("olga"), ReportAccess.Lists(house.As("olga")!)));
        house.Drawn = true;
        Assert.Equal((Bars.Role, Bars.Role, true), (house.Review("ines"), house.Review("oscar"), ReportAccess.Lists(house.As("olga")!)));
        Assert.Equal((CloseReport.AgreesMissing, StaffText.Missing, "ClosingReviewed,ReportReopened"), (house.Review("olga", null), house.Review("olga", text: ""), house.Review("olga", agrees: false)));
        Assert.Equal(ReportStage.InHand, house.Report.Stage);
        house.Close("ines");
        // Who reviewed it neither handles it nor agrees to a closing, though nobody else were left.
        house.Day(200);
        Assert.Equal((Bars.EarlierRole, Bars.EarlierRole, Bars.EarlierRole, nameof(NoteWritten)), (house.Answer("olga"), house.Take("olga"), house.Acknowledge("olga"), house.Note("olga")));
    }

    [Theory]
    [InlineData(nameof(ReportAction.View), "ines,ivo,oscar,olga"), InlineData(nameof(ReportAction.Note), "ines,ivo,oscar,olga"), InlineData(nameof(ReportAction.StepAside), "ines,ivo,oscar,olga"), InlineData(nameof(ReportAction.Protect), "ines,ivo,oscar,olga")]
    [InlineData(nameof(ReportAction.Acknowledge), "ines,ivo"), InlineData(nameof(ReportAction.Triage), "ines,ivo"), InlineData(nameof(ReportAction.Take), "ines,ivo"), InlineData(nameof(ReportAction.Tell), "ines"), InlineData(nameof(ReportAction.Find), "ines")]
    [InlineData(nameof(ReportAction.AskClosing), "ines"), InlineData(nameof(ReportAction.AnswerClosing), "ivo"), InlineData(nameof(ReportAction.Reopen), "ines,ivo"), InlineData(nameof(ReportAction.Review), "")]
    public void Each_act_is_for_those_of_its_line_and_for_nobody_else(string act, string who)
    {
        using var house = new HandlingHouse().InHand();
        house.Find("ines");
        house.Close("ines");
        // The administrator's key of before opens it: without a post that has to do with reports it is of no use.
        string[] all = ["ana", "chief", "keeper", "paula", "ines", "ivo", "oscar", "olga", "vera", "igor", "maria", "sara", "root", "judith", "nobody"];
        Assert.NotNull(house.As("root"));
        Assert.Equal(who.Split(',', StringSplitOptions.RemoveEmptyEntries), all.Where(p => ReportAccess.Refuses(Enum.Parse<ReportAction>(act), house.As(p)) is null));
    }

    [Fact]
    public void Where_nobody_of_integrity_can_read_it_the_overseers_handle_it()
    {
        using var house = new HandlingHouse("ines", "ivo");
        Assert.Equal(["oscar", "olga"], new[] { "ines", "ivo", "oscar", "olga", "root" }.Where(p => house.As(p) is { } facts && ReportAccess.Lists(facts)));
        house.InHand("oscar");
        house.Find("oscar");
        Assert.Equal((nameof(ClosingAsked), Bars.Role, "SourceTold,AnswerGiven,ReportClosed"), (house.Close("oscar"), house.Answer("oscar"), house.Answer("olga")));
    }
}
