using System.Globalization;
using Probity.Shared.Record;

namespace Probity.People.Contract;

/// <summary>What a competence is called, in each language of the house.</summary>
internal sealed record CompetenceName(string En, string Es, string Pt)
{
    /// <summary>The name in a reader's language.</summary>
    public string In(CultureInfo language) => language.TwoLetterISOLanguageName switch { "es" => Es, "pt" => Pt, _ => En };
}

/// <summary>A competence joined the catalogue.</summary>
/// <param name="Competence">Its id.</param>
/// <param name="Code">A short code that stays.</param>
/// <param name="Name">What it is called.</param>
[EventType("people.competence-added.v1")]
internal sealed record CompetenceAdded(Guid Competence, string Code, CompetenceName Name) : IEvent;

/// <summary>Integrity asked that a post ask for a competence, another level of it, or no longer; a second person answers.</summary>
/// <param name="Post">The post.</param>
/// <param name="Competence">The competence.</param>
/// <param name="Level">The level from 1 to 4; null that nothing be asked any more.</param>
/// <param name="IsMandatory">Whether new work waits for it; else it is wanted.</param>
/// <param name="Reason">Why.</param>
[EventType("people.competence-asked.v1")]
internal sealed record CompetenceAsked(Guid Post, Guid Competence, int? Level, bool IsMandatory, string Reason) : IEvent;

/// <summary>A second person agreed.</summary>
[EventType("people.competence-agreed.v1")]
internal sealed record CompetenceAgreed(Guid Post, Guid Competence) : IEvent;

/// <summary>A second person did not agree.</summary>
[EventType("people.competence-returned.v1")]
internal sealed record CompetenceReturned(Guid Post, Guid Competence, string Reason) : IEvent;

/// <summary>A course joined the catalogue.</summary>
/// <param name="Course">Its id.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Provider">Who gives it.</param>
/// <param name="Link">Where it is found (https), or null.</param>
/// <param name="Competence">What it teaches.</param>
/// <param name="Level">The level that whoever passes it has.</param>
/// <param name="Months">For how many months its certificate holds.</param>
[EventType("people.course-offered.v1")]
internal sealed record CourseOffered(Guid Course, string Title, string Provider, string? Link, Guid Competence, int Level, int Months) : IEvent;

/// <summary>A course is offered no more; certificates of it hold until their end.</summary>
[EventType("people.course-withdrawn.v1")]
internal sealed record CourseWithdrawn(Guid Course) : IEvent;

/// <summary>Somebody judged how far a person masters a competence. The newest judgement takes the place of all that came before it.</summary>
/// <param name="Person">Who was judged.</param>
/// <param name="Competence">In what.</param>
/// <param name="Level">The level from 0 to 4.</param>
/// <param name="On">The day.</param>
/// <param name="Until">Until when it holds.</param>
/// <param name="Note">What it rests on.</param>
/// <param name="Policy">The version of the policy pack.</param>
[EventType("people.competence-assessed.v1")]
internal sealed record CompetenceAssessed(Guid Person, Guid Competence, int Level, DateOnly On, DateTimeOffset Until, string Note, string Policy) : IEvent;

/// <summary>Somebody attended a course.</summary>
/// <param name="Attendance">Its id.</param>
/// <param name="Person">Who attended.</param>
/// <param name="Course">The course.</param>
/// <param name="Competence">What it taught then.</param>
/// <param name="Level">The level that it gave then.</param>
/// <param name="On">The day that it ended on.</param>
/// <param name="Pre">The result before it, in percent; null where nobody asked.</param>
/// <param name="Post">The result after it, in percent.</param>
/// <param name="IsPassed">Whether that is enough, by <paramref name="Policy"/>.</param>
/// <param name="Certificate">The number of the certificate; null where it was not passed.</param>
/// <param name="Until">Until when the certificate holds; null where there is none.</param>
/// <param name="Policy">The version of the policy pack.</param>
[EventType("people.course-attended.v1")]
internal sealed record CourseAttended(
    Guid Attendance, Guid Person, Guid Course, Guid Competence, int Level, DateOnly On, int? Pre, int Post, bool IsPassed, string? Certificate, DateTimeOffset? Until, string Policy) : IEvent;
