namespace Probity.Lens.Reports;

/// <summary>How a report looks on a screen, on a phone and on A4. Colours keep a contrast of 4.5 to 1 on white.</summary>
internal static class PageStyle
{
    public const string Css = """
        @page{size:A4;margin:16mm 14mm}
        *{box-sizing:border-box}
        body{margin:0;background:#fff;color:#1b2a3a;font:16px/1.5 system-ui,'Segoe UI','Liberation Sans',Arial,sans-serif}
        main{max-width:64rem;margin:0 auto;padding:1.25rem 1rem 3rem}
        h1{font-size:1.9rem;line-height:1.2;margin:.2rem 0 .4rem}
        h2{font-size:1.3rem;margin:2.2rem 0 .5rem;padding-top:.6rem;border-top:2px solid #1b2a3a}
        h3{font-size:1.05rem;margin:1.4rem 0 .3rem}
        p{margin:.4rem 0;max-width:46rem}
        ul{margin:.4rem 0;padding-left:1.2rem;max-width:46rem}
        li{margin:.25rem 0}
        bdi,code,li,p,td,th,h3{overflow-wrap:anywhere}
        .lead{font-size:1.12rem}
        .lead::first-letter{text-transform:uppercase}
        .note{color:#48586a;font-size:.92rem}
        .warn{border:2px solid #b00020;border-left-width:10px;padding:.5rem .8rem;font-weight:600}
        .box{border-left:6px solid #3d6a8f;background:#f3f7fb;padding:.5rem .9rem;margin:.8rem 0}
        .scroll{overflow-x:auto;margin:.6rem 0}
        table{border-collapse:collapse;width:100%;font-size:.92rem}
        caption{text-align:left;font-weight:600;padding:.3rem 0}
        th,td{text-align:left;vertical-align:top;padding:.3rem .5rem;border-bottom:1px solid #c9d3dd;min-width:8.5rem}
        th[scope=row]{font-weight:400}
        td.n{white-space:nowrap}
        .n{text-align:right;font-variant-numeric:tabular-nums;min-width:0;overflow-wrap:normal}
        .map svg{max-width:100%;height:auto;display:block;margin:0 auto}
        .skip{color:#8a5a00;border:1px dashed #8a5a00;padding:0 .3rem;display:inline-block}
        .add{color:#b00020;border:2px solid #b00020;padding:0 .3rem;display:inline-block}
        .print{font-family:ui-monospace,'Liberation Mono',monospace;font-size:.8rem}
        pre{white-space:pre-wrap;overflow-wrap:anywhere;background:#f3f7fb;padding:.6rem;font-size:.85rem}
        @media(max-width:40rem){body{font-size:15px}h1{font-size:1.5rem}.map svg{max-width:none;min-width:36rem;width:100%}.map{overflow-x:auto}}
        @media print{main{max-width:none;padding:0}body{font-size:10.5pt}.scroll,.map{overflow:visible}.map svg{max-height:235mm;min-width:0;max-width:100%}
        h2,h3,caption{break-after:avoid}tr,.box,.warn{break-inside:avoid}thead{display:table-header-group}}
        """;
}
