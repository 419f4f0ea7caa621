using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Probity.Shared;
using Probity.Shared.Kit;

namespace Probity.Tests.Journeys;

/// <summary>Every component of the kit on one page, with a refusal on every field.</summary>
public sealed class KitPage : ComponentBase
{
    static readonly Choice[] Choices = [new("a", "First"), new("b", "Second", "A hint")];

    protected override void BuildRenderTree(RenderTreeBuilder builder) => Put<Page>(builder,
        ("Title", "Kit"), ("Active", "kit"), ("Crumbs", new Link[] { new("/", "Home"), new("/kit", "Kit") }),
        ("Errors", new FieldError[] { new("name", "Enter the name"), new("born", "Enter a day"), new("kind", "Choose one"), new("", "The file is closed") }),
        ("Notice", "The file was handed over."), ("NoticeTone", Tone.Good),
        ("ChildContent", (RenderFragment)(b =>
        {
            Put<IdentityBar>(b, ("Title", "File 2026-014"), ("Aside", "Opened on 4 November"),
                ("Tags", (RenderFragment)(t => { foreach (var tone in Enum.GetValues<Tone>()) Put<StatusTag>(t, ("Text", tone.ToString()), ("Tone", tone)); })));
            Put<SubNavigation>(b, ("Label", "File"), ("Links", new Link[] { new("/kit", "Overview"), new("/kit?2", "Custody") }), ("Current", "/kit"));
            b.OpenElement(0, "form");
            b.AddAttribute(1, "method", "post");
            b.OpenComponent<Microsoft.AspNetCore.Components.Forms.AntiforgeryToken>(2);
            b.CloseComponent();
            Put<TextField>(b, ("Name", "name"), ("Label", "Name"), ("Hint", "As on the papers"), ("Value", "<b>&\"x\""), ("Width", 20));
            Put<TextArea>(b, ("Name", "why"), ("Label", "Why"));
            Put<SelectField>(b, ("Name", "kind"), ("Label", "Kind"), ("Choices", Choices), ("Prompt", "Choose"));
            Put<RadioGroup>(b, ("Name", "one"), ("Label", "One of"), ("Choices", Choices), ("Value", "b"));
            Put<CheckboxGroup>(b, ("Name", "some"), ("Label", "Some of"), ("Choices", Choices), ("Values", (string[])["a"]));
            Put<DateField>(b, ("Name", "born"), ("Label", "Day"), ("Value", new DateParts("31", "2", "2026")));
            Put<SubmitButton>(b, ("Text", "Record it"), ("CancelHref", "/"), ("CancelText", "Cancel"));
            b.CloseElement();
            Put<FilterPanel>(b, ("Title", "Filter"), ("Action", "/kit"), ("Open", true),
                ("ChildContent", (RenderFragment)(f => Put<TextField>(f, ("Name", "q"), ("Label", "Number")))));
            Put<SummaryList>(b, ("Items", new SummaryItem[] { new("Weight", "1,204 g", new Link("/kit", "Change")), new("Place", "Airport") }));
            Put<DataTable<int>>(b, ("Caption", "Weighings"), ("Columns", new Column[] { new("Exhibit"), new("Grams", true) }), ("Rows", (int[])[1, 2]),
                ("ChildContent", (RenderFragment<int>)(n => r =>
                {
                    Put<RowHeader>(r, ("ChildContent", (RenderFragment)(c => c.AddContent(0, $"E-{n}"))));
                    Put<Cell>(r, ("Numeric", true), ("ChildContent", (RenderFragment)(c => c.AddContent(0, n * 600))));
                })));
            Put<Timeline>(b, ("Items", new TimelineItem[] { new("Sealed", ShellHost.SampleTime, "by A. Mensah", "Two witnesses were present.", new Link("/kit", "See the seal")) }));
            Put<Pagination>(b, ("Number", 4), ("Pages", 9), ("Href", (Func<int, string>)(n => $"/kit?page={n}")));
            Put<EmptyState>(b, ("Title", "No exhibits yet"), ("ChildContent", (RenderFragment)(c => c.AddContent(0, "Record the first one when it is sealed."))), ("Action", new Link("/kit", "Record an exhibit")));
        })));

    static void Put<T>(RenderTreeBuilder builder, params (string Name, object Value)[] parameters) where T : IComponent
    {
        builder.OpenComponent<T>(0);
        foreach (var (name, value) in parameters) builder.AddComponentParameter(1, name, value);
        builder.CloseComponent();
    }
}

/// <summary>Fails while it is drawn.</summary>
public sealed class BrokenPage : ComponentBase
{
    protected override void OnInitialized() => throw new InvalidOperationException("the secret reason");
}
