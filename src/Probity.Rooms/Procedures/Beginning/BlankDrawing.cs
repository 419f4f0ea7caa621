using Probity.Lens.Procedures.Drawings;

namespace Probity.Procedures.Beginning;

/// <summary>What a new procedure begins with: a start, one step, an end.</summary>
internal static class BlankDrawing
{
    const string Step = "Step";

    const string Bpmn = """
        <?xml version="1.0" encoding="UTF-8"?>
        <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:sop="urn:probity:sop:1" id="definitions" targetNamespace="urn:probity:sops">
          <bpmn:process id="process" isExecutable="false">
            <bpmn:startEvent id="start" />
            <bpmn:task id="step" name="Step" />
            <bpmn:endEvent id="end" />
            <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="step" />
            <bpmn:sequenceFlow id="f2" sourceRef="step" targetRef="end" />
          </bpmn:process>
          <bpmndi:BPMNDiagram id="diagram"><bpmndi:BPMNPlane id="plane" bpmnElement="process">
            <bpmndi:BPMNShape id="s_start" bpmnElement="start"><dc:Bounds x="160" y="102" width="36" height="36" /></bpmndi:BPMNShape>
            <bpmndi:BPMNShape id="s_step" bpmnElement="step"><dc:Bounds x="250" y="80" width="100" height="80" /></bpmndi:BPMNShape>
            <bpmndi:BPMNShape id="s_end" bpmnElement="end"><dc:Bounds x="412" y="102" width="36" height="36" /></bpmndi:BPMNShape>
            <bpmndi:BPMNEdge id="e_f1" bpmnElement="f1"><di:waypoint x="196" y="120" /><di:waypoint x="250" y="120" /></bpmndi:BPMNEdge>
            <bpmndi:BPMNEdge id="e_f2" bpmnElement="f2"><di:waypoint x="350" y="120" /><di:waypoint x="412" y="120" /></bpmndi:BPMNEdge>
          </bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
        </bpmn:definitions>
        """;

    /// <summary>The drawing, its step named so.</summary>
    public static string With(string step) => DrawnNames.Rename(Bpmn, name => name == Step ? step : name);
}
